package io.sallyport.domain.agent;

/** How far an agent has come with a revision; each stage includes those before it. */
public enum Stage {
    /** Nothing of it has gone out yet: the replica is behind, or the agent waits for room or for an answer. */
    QUEUED,
    /** It was sent, and is without an answer. */
    SENT,
    /** All of it was accepted. */
    ACKNOWLEDGED,
    /** Requests are decided by it, and that is known. */
    EFFECTIVE;

    public boolean includes(Stage other) {
        return compareTo(other) >= 0;
    }
}
