package io.sallyport.domain.approval;

/** The sorts of what can be risky about a change. Each is worked out of what the change does, not of how it is written. */
public enum RiskType {
    /** A host at a port becomes reachable, or traffic to it goes on to another address. */
    NEW_DESTINATION,
    /** More than one host becomes reachable at once: all below a suffix, of a range of addresses, or all whatsoever. */
    WILDCARD_HOST,
    /** Traffic goes on with less protection: in the clear, unverified, or by an older version of TLS. */
    RELAXED_TLS,
    /** Flows open for more than so many workloads. */
    WORKLOADS_AFFECTED,
    /** Policies ask less of traffic: of who asks, of what he asks for, or of how much. */
    RELAXED_POLICY,
    /** Connections may go to addresses that were refused. */
    RELAXED_ADDRESSES,
    /** What no rule speaks of becomes allowed. */
    DEFAULT_ALLOW,
    /** A guardrail goes, or asks less. */
    WEAKENED_GUARDRAIL,
    /** Somebody gets a role that he had not. */
    GRANTED_ROLE,
    /** An approval policy goes, or asks less: needs what that policy asks for, whether it names this or not. */
    WEAKENED_APPROVAL_POLICY
}
