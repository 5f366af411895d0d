package io.sallyport.boot;

import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once there is a first state, be it from disk. A stale one is still served, so it is told and not held against the
 * replica.
 */
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
        boolean isStale = followHead.isStoreAway();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("head")
                .status(followHead.hasFirstState())
                .withData("revision", current.get().revision().number())
                .withData("source", source())
                .withData("stale", isStale)
                .withData("staleForSeconds", isStale ? followHead.silence().toSeconds() : 0);
        if (isStale && !followHead.lastResort().isEmpty()) {
            response.withData("detail", followHead.lastResort());
        }
        return response.build();
    }

    private String source() {
        if (followHead.isFromStore()) {
            return "store";
        }
        return followHead.hasFirstState() ? "bundle" : "none";
    }
}
