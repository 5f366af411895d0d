package io.sallyport.boot;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sallyport.domain.Revision;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.RecordCrossings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Follows the head, and the clock, for as long as the program runs. */
@Singleton
final class Startup {
    // Longer than a load takes, and short enough that a store that is away does not look like a hanging start.
    private static final Duration FIRST_STATE = Duration.ofSeconds(5);

    private final FollowHead followHead;
    private final RecordCrossings recordCrossings;
    private final CredentialMeters credentialMeters;
    private final CurrentState current;

    @Inject
    Startup(
            FollowHead followHead,
            RecordCrossings recordCrossings,
            CredentialMeters credentialMeters,
            CurrentState current) {
        this.followHead = followHead;
        this.recordCrossings = recordCrossings;
        this.credentialMeters = credentialMeters;
        this.current = current;
    }

    void begin(@Observes StartupEvent event) {
        credentialMeters.watch(current);
        followHead.start();
        followHead.awaitRevision(Revision.NONE, FIRST_STATE);
        recordCrossings.start();
    }

    void end(@Observes ShutdownEvent event) {
        recordCrossings.stop();
        followHead.stop();
    }
}
