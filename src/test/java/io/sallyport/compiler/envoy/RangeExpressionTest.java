package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeExpressionTest {
    private static final long SEED = 20_261_125;

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 255.255.255.255",
        "0.0.0.0/0, 0.0.0.0",
        "10.0.0.0/8, 10.1.2.3",
        "10.0.0.0/9, 10.127.255.255",
        "172.16.0.0/12, 172.31.9.9",
        "192.0.2.128/25, 192.0.2.200",
        "192.0.2.7/32, 192.0.2.7"
    })
    void matchesWhatIsInTheRange(String range, String address) {
        assertThat(address).matches(RangeExpression.of(Cidr.parse(range)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.1.2.3",
        "10.0.0.0/9, 10.128.0.0",
        "172.16.0.0/12, 172.32.0.0",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.7/32, 192.0.2.70"
    })
    void matchesNothingElse(String range, String address) {
        assertThat(address).doesNotMatch(RangeExpression.of(Cidr.parse(range)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010.1.2.3",
                "10.1.2.03",
                "0xa.1.2.3",
                "10.1",
                "10",
                "167838211",
                "10.1.2.256",
                "10.1.2.3.4",
                "10a1a2a3",
                "10.1.2.3.test",
                "10.1.2.-3",
                " 10.1.2.3",
                "10.1.2.3.",
                "10..2.3"
            })
    void takesNothingForAnAddressThatIsNotWrittenAsOne(String name) {
        assertThat(name).doesNotMatch(RangeExpression.of(Cidr.parse("10.0.0.0/8")));
        assertThat(name).doesNotMatch(RangeExpression.of(Cidr.parse("0.0.0.0/0")));
    }

    @Test
    void agreesWithRangesOnAddressesAtRandom() {
        var random = new Random(SEED);
        IntStream.range(0, 2_000).forEach(ignored -> {
            int prefix = random.nextInt(33);
            Cidr range = range(random.nextInt(), prefix);
            var address = new IpAddress(dotted(random.nextBoolean() ? random.nextInt() : near(range, random)));

            assertThat(address.value().matches(RangeExpression.of(range)))
                    .as("%s in %s", address, range)
                    .isEqualTo(range.contains(address));
        });
    }

    @Test
    void knowsIpv4Alone() {
        Cidr range = Cidr.parse("fc00::/7");

        assertThatThrownBy(() -> RangeExpression.of(range)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Cidr range(int bits, int prefix) {
        int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
        return Cidr.parse(dotted(bits & mask) + "/" + prefix);
    }

    private static int near(Cidr range, Random random) {
        byte[] first = range.first().bytes();
        int bits = 0;
        for (byte octet : first) {
            bits = bits << 8 | Byte.toUnsignedInt(octet);
        }
        return bits ^ 1 << random.nextInt(32);
    }

    private static String dotted(int bits) {
        return "%d.%d.%d.%d".formatted(bits >>> 24, bits >>> 16 & 255, bits >>> 8 & 255, bits & 255);
    }
}
