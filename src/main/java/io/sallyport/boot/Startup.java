package io.sallyport.boot;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sallyport.domain.Revision;
import io.sallyport.usecase.FollowHead;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Follows the head for as long as the program runs. */
@Singleton
final class Startup {
    // Longer than a load takes, and short enough that a store that is away does not look like a hanging start.
    private static final Duration FIRST_STATE = Duration.ofSeconds(5);

    private final FollowHead followHead;

    @Inject
    Startup(FollowHead followHead) {
        this.followHead = followHead;
    }

    void begin(@Observes StartupEvent event) {
        followHead.start();
        followHead.awaitRevision(Revision.NONE, FIRST_STATE);
    }

    void end(@Observes ShutdownEvent event) {
        followHead.stop();
    }
}
