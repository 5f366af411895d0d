package io.sallyport.local.differential;

/** What a source saw of its request. */
sealed interface Outcome {

    /** An upstream answered, the one at that port. */
    record Reached(int port) implements Outcome {}

    /**
     * The gateway refused.
     *
     * @param rule the name that it told; empty where it just hung up
     */
    record Refused(int status, String rule) implements Outcome {}

    /** Neither. */
    record Broken(String how) implements Outcome {}
}
