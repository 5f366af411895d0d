package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ranges as Envoy writes an address that it has masked, so that expressions can tell whether an address is in them: for
 * each length of prefix the address is written down once, and compared as text.
 */
final class AddressText {
    private static final int IPV4_BITS_AT = 12;
    private static final int MAPPED_BITS = 96;

    private final String key;
    private final String operator;

    private AddressText(String key, String operator) {
        this.key = key;
        this.operator = operator;
    }

    /** Of whoever connects, or of whom the PROXY protocol says. */
    static AddressText ofSource() {
        return new AddressText("sallyport.source/", "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT");
    }

    /** That the PROXY protocol says was asked for. */
    static AddressText ofAsked() {
        return new AddressText("sallyport.asked/", "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT");
    }

    void write(FilterState state, Collection<Cidr> ranges) {
        byLength(ranges).keySet().forEach(length -> write(state, length));
    }

    /** Whether the address is in any of the ranges, at least one. */
    String isIn(Collection<Cidr> ranges) {
        return CelText.any(byLength(ranges).entrySet().stream()
                .map(entry -> CelText.isOneOf(key + entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Whether the address is an IPv4 address in IPv6 clothes, which no range of ours can say. */
    String isMapped() {
        return CelText.is(key + MAPPED_BITS, "::ffff:0.0.0.0/" + MAPPED_BITS);
    }

    void writeForMapped(FilterState state) {
        write(state, MAPPED_BITS);
    }

    private void write(FilterState state, int length) {
        state.text(key + length, "%" + operator + "(" + length + ")%");
    }

    private static SortedMap<Integer, List<String>> byLength(Collection<Cidr> ranges) {
        return ranges.stream()
                .flatMap(AddressText::masked)
                .distinct()
                .sorted()
                .collect(Collectors.groupingBy(
                        Cidr::prefixLength, TreeMap::new, Collectors.mapping(AddressText::text, Collectors.toList())));
    }

    // Nothing is left of an address that is masked whole: its halves stand for all.
    private static Stream<Cidr> masked(Cidr range) {
        return range.prefixLength() == 0 ? RangeDifference.halves(range) : Stream.of(range);
    }

    static String text(Cidr range) {
        byte[] bytes = range.first().bytes();
        return (hasDottedEnd(bytes) ? dotted(bytes) : range.first()) + "/" + range.prefixLength();
    }

    // As inet_ntop(3) of glibc writes what could be an IPv4 address in IPv6.
    private static boolean hasDottedEnd(byte[] bytes) {
        if (bytes.length <= IPV4_BITS_AT || !isZero(bytes, 0, 10)) {
            return false;
        }
        boolean isMapped = bytes[10] == -1 && bytes[11] == -1;
        return isMapped || (isZero(bytes, 10, IPV4_BITS_AT) && !isZero(bytes, IPV4_BITS_AT, 14));
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }

    private static String dotted(byte[] bytes) {
        String prefix = bytes[11] == -1 ? "::ffff:" : "::";
        return prefix
                + Stream.of(12, 13, 14, 15)
                        .map(index -> Integer.toString(Byte.toUnsignedInt(bytes[index])))
                        .collect(Collectors.joining("."));
    }
}
