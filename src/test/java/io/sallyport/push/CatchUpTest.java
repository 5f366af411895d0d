package io.sallyport.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.usecase.Timeliness;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final long A_WHILE = Duration.ofSeconds(1).toNanos();

    private final Told timeliness = new Told();
    private final AtomicLong now = new AtomicLong();

    /** Knows what the test tells it. */
    private static final class Told implements Timeliness {
        private long known;
        private boolean isAway;

        @Override
        public long mark() {
            return 1;
        }

        @Override
        public boolean isKnown(long mark) {
            return known >= mark;
        }

        @Override
        public boolean awaitKnown(long mark, Duration patience) {
            return isKnown(mark);
        }

        @Override
        public boolean isStoreAway() {
            return isAway;
        }
    }

    @Test
    void nobodyIsSentAnythingBeforeWhatWasWrittenBeforeHeCameIsServed() {
        CatchUp catchUp = new CatchUp(timeliness, now::get);
        assertThat(catchUp.mayBegin()).isFalse();
        assertThat(catchUp.maySend()).isFalse();

        timeliness.known = 1;

        assertThat(catchUp.mayBegin()).isTrue();
        assertThat(catchUp.maySend()).isTrue();
    }

    @Test
    void whileTheStoreIsAwayWhoHasNothingIsServedOnceHeHasSaidThatHeHasNothing() {
        timeliness.isAway = true;
        CatchUp catchUp = new CatchUp(timeliness, now::get);

        assertThat(catchUp.mayBegin()).isTrue();
        assertThat(catchUp.maySend()).isFalse();
        now.addAndGet(A_WHILE);
        assertThat(catchUp.maySend()).isTrue();
    }

    @Test
    void whileTheStoreIsAwayWhoHasSomethingKeepsIt() {
        timeliness.isAway = true;
        CatchUp catchUp = new CatchUp(timeliness, now::get);
        now.addAndGet(A_WHILE);
        assertThat(catchUp.maySend()).isTrue();

        catchUp.hasSomething();

        assertThat(catchUp.maySend()).isFalse();
        assertThat(catchUp.waitingFor()).contains("keeps what it has");
        timeliness.isAway = false;
        assertThat(catchUp.maySend()).as("back, and not caught up yet").isFalse();
        timeliness.known = 1;
        assertThat(catchUp.maySend()).isTrue();
    }
}
