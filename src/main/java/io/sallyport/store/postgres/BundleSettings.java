package io.sallyport.store.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What is kept for a start at which the database is away. */
@ConfigMapping(prefix = "sallyport.bundle")
public interface BundleSettings {
    /** A folder of this replica alone that outlives it; without one, or without an encryption key, nothing is kept. */
    Optional<String> folder();

    /** For how long what is kept may be served, counted from when the database last said that it has nothing newer. */
    @WithDefault("24h")
    Duration maxAge();

    /** Tells one installation from another: a bundle of another is refused. By default the URL of the database. */
    Optional<String> deployment();
}
