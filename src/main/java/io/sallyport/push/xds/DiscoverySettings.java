package io.sallyport.push.xds;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What Envoys may cost this replica. */
@ConfigMapping(prefix = "sallyport.xds")
public interface DiscoverySettings {
    /** Streams at once, of all. */
    @WithDefault("20000")
    int maxStreams();

    /** Streams at once of one client id or SPIFFE ID. */
    @WithDefault("10000")
    int maxStreamsPerClient();

    /** Streams at once of one agent: of one client, gateway and node id. */
    @WithDefault("100")
    int maxStreamsPerAgent();

    /** New streams a second of one client from one address, in the long run. */
    @WithDefault("100")
    int newStreamsPerClient();

    /** New streams of one client from one address after a rest. */
    @WithDefault("10000")
    int newStreamsPerClientAtOnce();

    /** New streams a second of one agent, in the long run. */
    @WithDefault("10")
    int newStreamsPerAgent();

    /** New streams of one agent after a rest. */
    @WithDefault("300")
    int newStreamsPerAgentAtOnce();

    /** Types of resources on one stream. */
    @WithDefault("16")
    int maxTypes();

    /** Names that a stream asks for, of one type. */
    @WithDefault("100000")
    int maxNames();

    /** Bytes of what an Envoy says of itself. */
    @WithDefault("262144")
    int maxNodeBytes();

    /** Requests a second of a stream in the long run, answers among them; every 100 names in one count as one more. */
    @WithDefault("200")
    int requestsPerSecond();

    /** Requests of a stream after a rest. */
    @WithDefault("50000")
    int requestsAtOnce();
}
