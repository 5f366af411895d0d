package io.sallyport.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest
    @CsvSource({
        "API.Example.COM, api.example.com",
        "api.example.com., api.example.com",
        "*.Example.com, *.example.com",
        "localhost, localhost",
        "127.9.0.1, 127.9.0.1",
        "xn--bcher-kva.example, xn--bcher-kva.example"
    })
    void hostsAreHeldInTheFormInWhichTheyAreCompared(String written, String held) {
        assertThat(new HostPattern(written).value()).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "*.",
                "10.0.0.0/8",
                "fc00::1",
                "https://api.example.com",
                "api.example.com:443",
                "api.example.com/path",
                "a..b",
                "a.example..",
                "-a.example",
                "a-.example",
                "under_score.example",
                "a.*.example",
                "**.example",
                "*.0.1",
                "user@host",
                "[::1]",
                "höst.example"
            })
    void whatIsNoHostIsRefused(String text) {
        assertThatThrownBy(() -> HostPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a host");
    }

    @Test
    void labelsAndHostsHaveTheirLengths() {
        assertThat(new HostPattern("a".repeat(63) + ".example").isWildcard()).isFalse();
        assertThatThrownBy(() -> new HostPattern("a".repeat(64) + ".example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPattern("a.".repeat(127) + "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, *.b.example.com, true",
        "*.example.com, *.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, evilexample.com, false",
        "*.b.example.com, *.example.com, false",
        "a.example.com, a.example.com, true",
        "a.example.com, b.a.example.com, false",
        "a.example.com, *.a.example.com, false"
    })
    void aWildcardCoversOneLabelOrMoreAndNeverTheSuffixItself(String pattern, String other, boolean covered) {
        assertThat(new HostPattern(pattern).covers(new HostPattern(other))).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com, *.example.com, true",
        "*.b.example.com, *.example.com, true",
        "*.example.com, *.b.example.com, false",
        "*.example.com, a.example.com, false"
    })
    void exactIsMoreSpecificThanWildcardAndLongerThanShorter(String one, String other, boolean moreSpecific) {
        assertThat(new HostPattern(one).isMoreSpecificThan(new HostPattern(other)))
                .isEqualTo(moreSpecific);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.example, '*.b.example *.example *'",
        "*.b.example, '*.example *'",
        "example, *",
        "*, ''",
        "10.128.0.0/9, '10.0.0.0/8 10.0.0.0/7 8.0.0.0/6 8.0.0.0/5 0.0.0.0/4 0.0.0.0/3 0.0.0.0/2 0.0.0.0/1 0.0.0.0/0 *'"
    })
    void widerPatternsComeWithTheMostSpecificFirst(String pattern, String wider) {
        assertThat(new HostPattern(pattern).wider())
                .extracting(HostPattern::value)
                .containsExactly(wider.isEmpty() ? new String[0] : wider.split(" "))
                .allMatch(value -> new HostPattern(value).covers(new HostPattern(pattern)));
    }

    @Test
    void anAddressIsUnderTheRangesThatHoldIt() {
        assertThat(new HostPattern("10.1.2.3").wider())
                .contains(new HostPattern("10.1.2.3/32"), new HostPattern("10.0.0.0/8"), HostPattern.EVERYTHING)
                .doesNotContain(new HostPattern("11.0.0.0/8"));
        assertThat(new HostPattern("10.0.0.0/8").isMoreSpecificThan(new HostPattern("*.example")))
                .isTrue();
    }
}
