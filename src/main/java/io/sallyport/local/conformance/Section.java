package io.sallyport.local.conformance;

/** Where claims are written. Headings without another source are of Envoy's page "xDS REST and gRPC protocol". */
final class Section {
    static final String OVERVIEW = "Basic Protocol Overview";
    static final String ACK = "ACK/NACK and resource type instance version";
    static final String UPDATE = "When to send an update";
    static final String HINTS = "How the client specifies what resources to return";
    static final String GROUPING = "Grouping Resources into Responses";
    static final String DELETING = "Deleting Resources";
    static final String ABSENT = "Knowing When a Requested Resource Does Not Exist";
    static final String UNSUBSCRIBING = "Unsubscribing From Resources";
    static final String NONCES = "Resource updates";
    static final String WARMING = "Resource warming";
    static final String ORDER = "Eventual consistency considerations";
    static final String TTL = "TTL";
    static final String INCREMENTAL = "Incremental xDS";
    static final String SUBSCRIBING = "Subscribing to Resources";
    static final String SINGLETON = "discovery.proto, `type_url`";
    static final String ERRORS = "discovery.proto, `resource_errors`";
    static final String SEEN = "seen of Envoy 1.40";

    static final String OURS = "our own promise";

    private Section() {}
}
