package io.sallyport.domain.guardrail;

/** How a flow goes on from a gateway, as far as the gateway has a hand in it. */
public enum Transport {
    /** As it came, and not as TLS that the gateway knows of: HTTP in the clear, or bytes that nobody reads. */
    CLEARTEXT,
    /** Over TLS that the gateway originates without verifying who answers. */
    UNVERIFIED,
    /** Over TLS that the gateway originates, to a destination whose certificate it verifies. */
    VERIFIED,
    /** As the TLS that the source itself speaks. */
    PASSTHROUGH
}
