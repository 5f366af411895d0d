package io.sallyport.boot;

import io.sallyport.push.Drain;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready for anybody new once this replica sends its agents away. */
@Readiness
@Singleton
final class DrainReadiness implements HealthCheck {
    private final Drain drain;

    @Inject
    DrainReadiness(Drain drain) {
        this.drain = drain;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stays").status(!drain.hasBegun()).build();
    }
}
