package io.sallyport.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.usecase.Timeliness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private final Told timeliness = new Told();

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
        CatchUp catchUp = new CatchUp(timeliness);
        assertThat(catchUp.mayBegin()).isFalse();
        assertThat(catchUp.maySend()).isFalse();

        timeliness.known = 1;

        assertThat(catchUp.mayBegin()).isTrue();
        assertThat(catchUp.maySend()).isTrue();
    }

    @Test
    void whileTheStoreIsAwayWhoHasNothingIsServedOnceHeHasSaidThatHeHasNothing() {
        timeliness.isAway = true;
        CatchUp catchUp = new CatchUp(timeliness);

        assertThat(catchUp.mayBegin()).isTrue();
        assertThat(catchUp.maySend()).isFalse();
        await().until(catchUp::maySend);
    }

    @Test
    void whileTheStoreIsAwayWhoHasSomethingKeepsIt() {
        timeliness.isAway = true;
        CatchUp catchUp = new CatchUp(timeliness);
        await().until(catchUp::maySend);

        catchUp.hasSomething();

        assertThat(catchUp.maySend()).isFalse();
        assertThat(catchUp.waitingFor()).contains("keeps what it has");
        timeliness.isAway = false;
        assertThat(catchUp.maySend()).as("back, and not caught up yet").isFalse();
        timeliness.known = 1;
        assertThat(catchUp.maySend()).isTrue();
    }
}
