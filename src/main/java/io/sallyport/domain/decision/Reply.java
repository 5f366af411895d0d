package io.sallyport.domain.decision;

/** What the source of a request gets to see. */
public sealed interface Reply {
    /** What comes from the destination. */
    record OfDestination() implements Reply {}

    /**
     * A status that the gateway says by itself: of a refusal, of a failure, or 200 for a tunnel that is open.
     *
     * @param code of the problem document; empty where there is no problem
     */
    record Status(int status, String code) implements Reply {}

    /** The tunnel is open, and closed once it is known what is inside. */
    record OpenedThenClosed() implements Reply {}

    /** The connection is closed without a word. */
    record Closed() implements Reply {}
}
