package io.sallyport.local.differential;

/** What a source saw of its request. */
sealed interface Outcome {

    /** An upstream answered, the one that was connected to there. */
    record Reached(String address, int port) implements Outcome {}

    /**
     * The gateway answered by itself.
     *
     * @param rule the name that it told; empty where it told none
     * @param code of the problem; empty where there is none
     */
    record Told(int status, String rule, String code) implements Outcome {}

    /** The gateway hung up. */
    record Closed() implements Outcome {}

    /** The tunnel was open, and the gateway hung up. */
    record ClosedInside() implements Outcome {}

    /** None of these. */
    record Broken(String how) implements Outcome {}
}
