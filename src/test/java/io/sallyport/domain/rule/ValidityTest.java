package io.sallyport.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.rule.Validity.Passed;
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

    @Test
    void aBoundIsPassedFromItsMomentOn() {
        var november = new Validity(START, END);

        assertThat(november.passedAt(START.minusMillis(1))).isEqualTo(Passed.NONE);
        assertThat(november.passedAt(START)).isEqualTo(Passed.START);
        assertThat(november.passedAt(END.minusMillis(1))).isEqualTo(Passed.START);
        assertThat(november.passedAt(END)).isEqualTo(Passed.END);
        assertThat(Validity.ALWAYS.passedAt(END)).isEqualTo(Passed.NONE);
    }

    @Test
    void whatIsRecordedAsPassedIsNotAskedOfAClockAgain() {
        var november = new Validity(START, END);
        Instant early = START.minusSeconds(1);

        assertThat(november.withPassed(Passed.START).holdsAt(early)).isTrue();
        assertThat(november.withPassed(Passed.START).passedAt(early)).isEqualTo(Passed.START);
        assertThat(november.withPassed(Passed.END).holdsAt(START)).isFalse();
        assertThat(november.withPassed(Passed.END).passedAt(START)).isEqualTo(Passed.END);
    }

    @Test
    void theNextBoundIsTheFirstThatHasNotPassed() {
        var november = new Validity(START, END);

        assertThat(november.nextBound()).isEqualTo(START);
        assertThat(november.withPassed(Passed.START).nextBound()).isEqualTo(END);
        assertThat(november.withPassed(Passed.END).nextBound()).isEqualTo(Instant.MAX);
        assertThat(november.withPassed(Passed.START).ahead()).isEqualTo(new Validity(Instant.MIN, END));
    }
}
