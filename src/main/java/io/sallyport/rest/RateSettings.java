package io.sallyport.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often a caller may ask, at each replica. */
@ConfigMapping(prefix = "sallyport.rate-limit")
public interface RateSettings {
    /** Requests a second of one caller in the long run; 0 is without a limit. */
    @WithDefault("500")
    double requestsPerSecond();

    /** Requests of one caller at once after a rest, at least 1. */
    @WithDefault("1000")
    double burst();

    /** The same of an address for requests that nobody has proven to be his, the contract and Swagger UI among them. */
    Strangers strangers();

    /** Health and metrics are free. */
    interface Strangers {
        @WithDefault("50")
        double requestsPerSecond();

        @WithDefault("200")
        double burst();
    }
}
