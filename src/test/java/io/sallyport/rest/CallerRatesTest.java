package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRatesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final CallerRates rates = new CallerRates("A caller", 2, 3, nanos::get);

    @Test
    void aCallerHasABurstAndThenHisRate() {
        take(3);
        assertThatThrownBy(() -> rates.take("ann"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        failed -> assertThat(failed.failure())
                                .isEqualTo(new Failure.Busy(
                                        "A caller has 2 requests a second, 3 at once: slow down.",
                                        Duration.ofMillis(500))));
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        take(1);
        assertThatThrownBy(() -> rates.take("ann")).hasMessageContaining("slow down");
        rates.take("bob");
    }

    @Test
    void aRestFillsNoMoreThanTheBurst() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        take(3);
        assertThatThrownBy(() -> rates.take("ann")).hasMessageContaining("slow down");
    }

    @Test
    void callersThatAreRememberedAreBounded() {
        for (int caller = 0; caller < 20_000; caller++) {
            rates.take("caller-" + caller);
        }

        assertThat(rates.known()).isEqualTo(10_000);
    }

    @Test
    void noRateIsNoLimit() {
        CallerRates none = new CallerRates("A caller", 0, 0, nanos::get);
        for (int count = 0; count < 100; count++) {
            none.take("ann");
        }

        assertThat(none.known()).isZero();
    }

    private void take(int times) {
        for (int count = 0; count < times; count++) {
            rates.take("ann");
        }
    }
}
