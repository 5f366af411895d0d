package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrangerRatesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::ffff:2, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "unknown, unknown, true",
    })
    void anAddressCountsAsItsNetwork(String one, String other, boolean isOne) {
        assertThat(StrangerRates.network(one).equals(StrangerRates.network(other)))
                .isEqualTo(isOne);
    }
}
