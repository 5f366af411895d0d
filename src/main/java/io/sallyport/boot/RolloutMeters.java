package io.sallyport.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.usecase.StageRollouts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Where gateways are with their changes, as this replica serves them. */
@Singleton
final class RolloutMeters {
    private final MeterRegistry meters;

    @Inject
    RolloutMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(StageRollouts rollouts) {
        for (Phase phase : Phase.values()) {
            Gauge.builder("sallyport.rollouts", rollouts, known -> known.countIn(phase))
                    .description("Gateways whose rollout is in this phase")
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }
}
