package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressPolicy POLICY = new AddressPolicy(
            List.of(Cidr.parse("10.1.2.0/24"), Cidr.parse("203.0.113.0/24")),
            List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("127.0.0.1/32"), Cidr.parse("fd00::/8")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.0.1",
                "10.1.2.3",
                "10.2.0.1",
                "10.0.255.255",
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.255",
                "203.0.113.9",
                "8.8.8.8",
                "169.254.169.254",
                "fd00::1",
                "fc00::1",
                "::1",
                "2001:db8::1",
                "64:ff9b::1"
            })
    void refusesWhatThePolicyDoes(String address) {
        var ip = new IpAddress(address);

        assertThat(refused(POLICY, ip)).isEqualTo(!POLICY.allows(ip));
    }

    @Test
    void refusesIpv4InIpv6ClothesWhateverIsPermitted() {
        var policy = new AddressPolicy(List.of(), List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));

        assertThat(new AddressGuard(policy).refused().getRangesList())
                .singleElement()
                .satisfies(range -> assertThat(range.getAddressPrefix()).isEqualTo("::ffff:0:0"));
    }

    private static boolean refused(AddressPolicy policy, IpAddress address) {
        return new AddressGuard(policy)
                .refused().getRangesList().stream()
                        .filter(range -> !range.getAddressPrefix().startsWith("::ffff:"))
                        .map(range -> Cidr.parse(range.getAddressPrefix() + "/"
                                + range.getPrefixLen().getValue()))
                        .anyMatch(range -> range.contains(address));
    }
}
