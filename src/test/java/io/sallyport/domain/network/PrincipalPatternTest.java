package io.sallyport.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, spiffe://corp.example/ns/shop/sa/checkout, true",
        "spiffe://corp.example/ns/shop/*, spiffe://corp.example/ns/shop/sa/checkout, true",
        "spiffe://corp.example/ns/shop/*, spiffe://corp.example/ns/shopping/sa/a, false",
        "spiffe://corp.example/ns/shop/sa/checkout, spiffe://corp.example/ns/shop/sa/checkout, true",
        "spiffe://corp.example/ns/shop/sa/check*, spiffe://corp.example/ns/shop/sa/checkout, true",
        "spiffe://corp.example/ns/shop/sa/checkout, spiffe://corp.example/ns/shop/sa/cart, false"
    })
    void aPrincipalMatchesExactlyOrByItsPrefix(String pattern, String id, boolean matches) {
        assertThat(new PrincipalPattern(pattern).matches(new SpiffeId(id).value()))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "corp.example/ns", "spiffe://", "spiffe://a/*/b", "**", "spiffe://a/b c", "spiffe://UPPER/x"
            })
    void whatIsNoPrincipalIsRefused(String text) {
        assertThatThrownBy(() -> new PrincipalPattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://a/ns/x/*, spiffe://a/ns/*, true",
        "spiffe://a/ns/*, spiffe://a/ns/x/*, false",
        "spiffe://a/ns/x, spiffe://a/ns/*, true",
        "spiffe://a/ns/*, *, true",
        "*, spiffe://a/*, false"
    })
    void aNarrowerPatternIsWithinAWiderOne(String narrow, String wide, boolean within) {
        assertThat(new PrincipalPattern(narrow).isWithin(new PrincipalPattern(wide)))
                .isEqualTo(within);
    }
}
