package io.sallyport.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValidityTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void theStartIsIncludedAndTheEndIsNot() {
        var november = new Validity(START, END);

        assertThat(november.holdsAt(START.minusMillis(1))).isFalse();
        assertThat(november.holdsAt(START)).isTrue();
        assertThat(november.holdsAt(END.minusMillis(1))).isTrue();
        assertThat(november.holdsAt(END)).isFalse();
    }

    @Test
    void aValidityThatNeverHoldsIsRefused() {
        assertThatThrownBy(() -> new Validity(END, END)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alwaysHasNeitherStartNorEnd() {
        assertThat(Validity.ALWAYS.hasStart()).isFalse();
        assertThat(Validity.ALWAYS.hasEnd()).isFalse();
        assertThat(Validity.ALWAYS.holdsAt(START)).isTrue();
    }
}
