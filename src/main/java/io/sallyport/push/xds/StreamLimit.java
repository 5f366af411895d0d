package io.sallyport.push.xds;

/** A bound of {@link DiscoverySettings}, by its key. */
public enum StreamLimit {
    STREAMS("max-streams"),
    STREAMS_OF_CLIENT("max-streams-per-client"),
    STREAMS_OF_AGENT("max-streams-per-agent"),
    NEW_STREAMS_OF_CLIENT("new-streams-per-client"),
    NEW_STREAMS_OF_AGENT("new-streams-per-agent"),
    TYPES("max-types"),
    NAMES("max-names"),
    NODE_BYTES("max-node-bytes"),
    REQUESTS("requests-per-second");

    private final String key;

    StreamLimit(String key) {
        this.key = key;
    }

    /** After {@code sallyport.xds.} */
    public String key() {
        return key;
    }
}
