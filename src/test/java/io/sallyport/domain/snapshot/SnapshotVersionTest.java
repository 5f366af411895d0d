package io.sallyport.domain.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotVersionTest {

    @Test
    void aVersionIsReadAsItPrints() {
        assertThat(SnapshotVersion.parse("12.abc").toString()).isEqualTo("12.abc");
        assertThat(SnapshotVersion.parse("12.abc").revision().number()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.y", "99999999999999999999.y", "12", ".y"})
    void whatIsNoVersionIsTheVersionOfNothing(String text) {
        assertThat(SnapshotVersion.parse(text)).isEqualTo(SnapshotVersion.NONE);
    }
}
