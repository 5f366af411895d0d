package io.sallyport.identity;

/** What a caller may do, everywhere for now. Each role includes the ones before it. */
public enum Role {
    /** Reads everything, but the data of credentials. */
    VIEWER,
    /** Writes destinations, workloads, rules and security policies. */
    EDITOR,
    /** Writes namespaces, gateways and credentials too. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
