package io.sallyport.domain.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.31.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe80::1",
                "64:ff9b::a00:1",
                "224.0.0.1"
            })
    void specialAddressesAreDeniedUnlessPermitted(String address) {
        assertThat(AddressPolicy.DEFAULT.allows(new IpAddress(address))).isFalse();
    }

    @Test
    void publicAddressesAreAllowed() {
        assertThat(AddressPolicy.DEFAULT.allows(new IpAddress("203.0.113.7"))).isTrue();
    }

    @Test
    void aPermitOpensASpecialRangeAndADenyWinsOverIt() {
        var policy = new AddressPolicy(List.of(Cidr.parse("127.0.0.1/32")), List.of(Cidr.parse("127.0.0.0/8")));

        assertThat(policy.allows(new IpAddress("127.9.0.1"))).isTrue();
        assertThat(policy.allows(new IpAddress("127.0.0.1"))).isFalse();
    }
}
