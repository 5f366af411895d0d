package io.sallyport.push.transport;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What connections of agents may cost. */
@ConfigMapping(prefix = "sallyport.grpc.limits")
public interface TransportSettings {
    /** A connection on which nothing is asked for that long is closed. */
    @WithDefault("1m")
    Duration idle();

    /** The most connections from one address; beyond it new ones are closed at once. */
    @WithDefault("5000")
    int connectionsPerAddress();

    /** The most calls at once on one connection; beyond it clients wait. */
    @WithDefault("10000")
    int callsPerConnection();

    /** How many calls on one connection may be refused in a second, for want of a proof, before the rest is not looked at. */
    @WithDefault("20")
    int refusalsPerSecond();
}
