package io.sallyport.compiler.guardrail;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One address of every sort: ranges cut the line of addresses at their first address and after their last, so whatever
 * can be said of an address by ranges is said of one of these too.
 */
final class Addresses {
    private static final Cidr V4 = Cidr.parse("0.0.0.0/0");
    private static final Cidr V6 = Cidr.parse("::/0");

    private Addresses() {}

    static SortedSet<IpAddress> telling(Collection<Cidr> ranges) {
        return Stream.concat(Stream.of(V4, V6), ranges.stream())
                .flatMap(range -> Stream.concat(Stream.of(range.first()), after(range)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // Nothing comes after the last address of all.
    private static Stream<IpAddress> after(Cidr range) {
        byte[] bytes = range.first().bytes();
        for (int bit = range.prefixLength() - 1; bit >= 0; bit--) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            boolean wasZero = (bytes[bit / Byte.SIZE] & mask) == 0;
            bytes[bit / Byte.SIZE] ^= (byte) mask;
            if (wasZero) {
                return Stream.of(IpAddress.ofBytes(bytes));
            }
        }
        return Stream.of();
    }
}
