package io.sallyport.identity;

/** What a caller may do, everywhere for now. Each role includes the ones before it. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Writes destinations, workloads and rules. */
    EDITOR,
    /** Writes namespaces and gateways too. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
