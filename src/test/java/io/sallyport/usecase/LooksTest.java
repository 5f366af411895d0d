package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testkit.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final Looks looks = new Looks();

    @Test
    void aLookThatWasUnderWayProvesNothingOfWhatWasWrittenMeanwhile() {
        long underWay = looks.begin();
        long mark = looks.next();

        looks.done(underWay);

        assertThat(looks.await(mark, Duration.ZERO)).isFalse();
        looks.done(looks.begin());
        assertThat(looks.await(mark, Duration.ZERO)).isTrue();
    }

    @Test
    void whoWaitsIsWokenByTheLookThatIsLateEnough() throws InterruptedException {
        long mark = looks.next();
        Thread waiting = Thread.startVirtualThread(() -> looks.await(mark, Patience.LONG));

        looks.done(looks.begin());

        assertThat(waiting.join(Patience.LONG)).isTrue();
    }
}
