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

    /**
     * A connection on which a certificate was shown, and that is refused after it has been open that long, is closed: the
     * next one may show a certificate that is not.
     */
    @WithDefault("10s")
    Duration refusedFor();

    /** The most connections from one address; beyond it new ones are closed at once. */
    @WithDefault("5000")
    int connectionsPerAddress();

    /** The most calls at once on one connection; beyond it clients wait. */
    @WithDefault("10000")
    int callsPerConnection();

    /**
     * How many calls on one connection may prove nobody in a second, and fifty times as many at once, before more are not
     * even looked at.
     */
    @WithDefault("20")
    int refusalsPerSecond();
}
