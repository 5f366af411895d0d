package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTextTest {
    private static final Map<String, String> LABELS = Map.of("app", "pay", "stage", "live", "example.com/tier", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "app=pay | true",
                "app == pay,stage = live | true",
                "app=other | false",
                "app!=pay | false",
                "none!=pay | true",
                "app | true",
                "!app | false",
                "!none | true",
                "stage in (test, live) | true",
                "stage notin (test,live),app | false",
                "none notin (a) | true",
                "none in (a) | false",
                "example.com/tier= | true",
                "example.com/tier in (,a) | true"
            })
    void holdsAsInKubernetes(String text, boolean holds) {
        assertThat(SelectorText.parse(text).matches(LABELS)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,",
                "=a",
                "a=b=c",
                "a in b",
                "a in (b",
                "a in (b))",
                "a within (b)",
                "-a",
                "a=-b",
                "a b",
                "!",
                "a>1",
                "!a=b"
            })
    void whatIsNoSelectorIsRefused(String text) {
        assertThatThrownBy(() -> SelectorText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requirementsAreBounded() {
        String many = "a,".repeat(SelectorText.MOST) + "a";

        assertThatThrownBy(() -> SelectorText.parse(many)).hasMessageContaining("at most 32");
    }
}
