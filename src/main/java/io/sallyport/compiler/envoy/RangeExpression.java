package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The IPv4 addresses of a range as a regular expression on their canonical form: four decimal numbers without leading
 * zeros. Anything else that some resolver could take for an address is a name.
 */
final class RangeExpression {
    private static final String ANY = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final int OCTETS = 4;

    private RangeExpression() {}

    static String of(Cidr range) {
        byte[] first = range.first().bytes();
        if (first.length != OCTETS) {
            throw new IllegalArgumentException(range + " has no IPv4 addresses");
        }
        List<String> octets = new ArrayList<>();
        for (int index = 0; index < OCTETS; index++) {
            int fixed = Math.clamp(range.prefixLength() - (long) index * Byte.SIZE, 0, Byte.SIZE);
            octets.add(octet(Byte.toUnsignedInt(first[index]), fixed));
        }
        return String.join("[.]", octets);
    }

    private static String octet(int lowest, int fixedBits) {
        if (fixedBits == 0) {
            return ANY;
        }
        int highest = lowest | (0xff >>> fixedBits);
        return "("
                + String.join(
                        "|",
                        IntStream.rangeClosed(lowest, highest)
                                .mapToObj(Integer::toString)
                                .toList()) + ")";
    }
}
