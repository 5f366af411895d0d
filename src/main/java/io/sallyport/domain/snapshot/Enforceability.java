package io.sallyport.domain.snapshot;

/** On what a listener can enforce all that policies ask of a port. Elsewhere nothing is allowed there. */
public enum Enforceability {
    /** On all that comes. */
    WHOLLY,
    /** On HTTP requests; not in the tunnels of CONNECT, into which it does not look. */
    IN_REQUESTS,
    /** On nothing. */
    NOWHERE
}
