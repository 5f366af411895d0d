package io.sallyport.domain.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"spiffe://corp.example", "spiffe://corp.example/a", "spiffe://a_b-c.d/A/b.c/..."})
    void whatTheStandardAllowsIsOne(String text) {
        assertThat(SpiffeId.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://",
                "spiffe:///path",
                "SPIFFE://corp.example/a",
                "spiffe://Corp.example/a",
                "spiffe://corp.example/",
                "spiffe://corp.example/a/",
                "spiffe://corp.example//a",
                "spiffe://corp.example/.",
                "spiffe://corp.example/a/../b",
                "spiffe://corp.example/%61",
                "spiffe://corp.example:8443/a",
                "spiffe://user@corp.example/a",
                "spiffe://corp.example/a?b",
                "spiffe://corp.example/a#b",
                "https://corp.example/a"
            })
    void whatItForbidsIsNone(String text) {
        assertThat(SpiffeId.isValid(text)).isFalse();
    }

    @Test
    void itKnowsItsTrustDomainAndWhetherItNamesAnybody() {
        assertThat(new SpiffeId("spiffe://corp.example/a/b").trustDomain()).isEqualTo("corp.example");
        assertThat(new SpiffeId("spiffe://corp.example").hasNoPath()).isTrue();
        assertThat(new SpiffeId("spiffe://corp.example/a").hasNoPath()).isFalse();
    }
}
