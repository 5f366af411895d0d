package io.sallyport.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How new what this replica serves is. */
@Singleton
final class HeadMeters {
    private final MeterRegistry meters;

    @Inject
    HeadMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(FollowHead followHead, CurrentState current) {
        Gauge.builder(
                        "sallyport.head.revision",
                        current,
                        state -> state.get().revision().number())
                .description("The revision that this replica serves")
                .register(meters);
        Gauge.builder(
                        "sallyport.head.stale",
                        followHead,
                        head -> head.isStoreAway() ? head.silence().toSeconds() : 0)
                .description("For how long the store has not answered; 0 while it does")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("sallyport.head.from.bundle", followHead, HeadMeters::isFromBundle)
                .description("1 while what is served comes from disk, as the store is away since the start")
                .register(meters);
    }

    private static double isFromBundle(FollowHead head) {
        return head.hasFirstState() && !head.isFromStore() ? 1 : 0;
    }
}
