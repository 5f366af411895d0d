package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.FailureException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private final Waits waits = new Waits();

    /** So many of one caller wait when {@code last} is run. */
    private int nested(String caller, int count, Supplier<Integer> last) {
        return count == 0 ? last.get() : waits.run(caller, () -> nested(caller, count - 1, last));
    }

    @Test
    void oneCallerMayWaitSoOftenAtOnceAndOthersWaitBesideHim() {
        Supplier<Integer> oneMore = () -> waits.run("one", () -> 1);

        assertThatThrownBy(() -> nested("one", Waits.MOST_OF_CALLER, oneMore))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("At most 20 waits of one caller");
        assertThat(nested("one", Waits.MOST_OF_CALLER, () -> waits.run("other", () -> 2)))
                .isEqualTo(2);
    }

    @Test
    void whoeverHasWaitedMakesRoom() {
        for (int number = 0; number < 3 * Waits.MOST; number++) {
            assertThat(waits.run("one", () -> 1)).isEqualTo(1);
        }
    }

    @Test
    void allTogetherAreBounded() {
        assertThatThrownBy(() -> ofMany(Waits.MOST / Waits.MOST_OF_CALLER, () -> waits.run("last", () -> 1)))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("500 of all");
    }

    private int ofMany(int callers, Supplier<Integer> last) {
        return callers == 0
                ? last.get()
                : nested("caller-" + callers, Waits.MOST_OF_CALLER, () -> ofMany(callers - 1, last));
    }
}
