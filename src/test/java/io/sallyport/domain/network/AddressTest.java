package io.sallyport.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "::, ::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "fe80:0:0:1:0:0:0:0, fe80:0:0:1::",
        "1:2:3:4:5:6:0:8, 1:2:3:4:5:6:0:8"
    })
    void addressesAreHeldInTheirCanonicalForm(String written, String held) {
        assertThat(new IpAddress(written).value()).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "127.1",
                "999.1.1.1",
                "127.0.0.01",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4.5",
                ":",
                "g::",
                "::1%lo"
            })
    void whatIsNoAddressIsRefusedAndNeverResolved(String text) {
        assertThat(IpAddress.isValid(text)).isFalse();
        assertThatThrownBy(() -> new IpAddress(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "fc00::/129",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "host/8",
                "10.0.0.0/8/8"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "10.0.0.128/25, 10.0.0.127, false",
        "10.0.0.128/25, 10.0.0.128, true",
        "fc00::/7, fdff::1, true",
        "fc00::/7, fe00::1, false",
        "::/0, ::1, true"
    })
    void aRangeContainsTheAddressesThatShareItsPrefix(String range, String address, boolean contained) {
        assertThat(Cidr.parse(range).contains(new IpAddress(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "10.0.0.0/8, 10.1.0.0/16, 10.1.0.0/16",
                "10.1.0.0/16, 10.0.0.0/8, 10.1.0.0/16",
                "10.0.0.0/8, 11.0.0.0/8, none",
                "0.0.0.0/0, ::/0, none"
            },
            nullValues = "none")
    void twoRangesNestOrAreApart(String one, String other, @org.jspecify.annotations.Nullable String common) {
        assertThat(Cidr.parse(one).intersection(Cidr.parse(other)).map(Cidr::toString))
                .isEqualTo(java.util.Optional.ofNullable(common));
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(common != null);
    }
}
