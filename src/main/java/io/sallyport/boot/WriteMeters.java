package io.sallyport.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sallyport.usecase.WriteClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How long writes take, by phase. */
@Singleton
final class WriteMeters implements WriteClock {
    private final Map<Phase, Timer> timers = new EnumMap<>(Phase.class);

    @Inject
    WriteMeters(MeterRegistry meters) {
        for (Phase phase : Phase.values()) {
            timers.put(
                    phase,
                    Timer.builder("sallyport.write.phase")
                            .description("How long the phases of writes take")
                            .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    @Override
    public void took(Phase phase, Duration time) {
        Timer timer = timers.get(phase);
        if (timer != null) {
            timer.record(time);
        }
    }
}
