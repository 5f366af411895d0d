package io.sallyport.push;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How agents are sent away when this replica stops. */
@ConfigMapping(prefix = "sallyport.drain")
public interface DrainSettings {
    /** Over what time their streams are ended, one after another; together with a second at the end it is how long a stop takes. */
    @WithDefault("5s")
    Duration spread();
}
