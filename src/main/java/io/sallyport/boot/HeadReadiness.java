package io.sallyport.boot;

import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there is a first state. A stale one is still served, so it is told and not held against the replica. */
@Readiness
@Singleton
final class HeadReadiness implements HealthCheck {
    private final FollowHead followHead;
    private final CurrentState current;

    @Inject
    HeadReadiness(FollowHead followHead, CurrentState current) {
        this.followHead = followHead;
        this.current = current;
    }

    @Override
    public HealthCheckResponse call() {
        Duration stale = followHead.staleFor();
        return HealthCheckResponse.named("head")
                .status(followHead.hasFirstState())
                .withData("revision", current.get().revision().number())
                .withData("stale", !stale.isZero())
                .withData("staleForSeconds", stale.toSeconds())
                .build();
    }
}
