package io.sallyport.domain.network;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A range of addresses in CIDR notation (RFC 4632): its first address and the number of fixed leading bits. */
public record Cidr(IpAddress first, int prefixLength) implements Comparable<Cidr> {
    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::first).thenComparingInt(Cidr::prefixLength);

    public Cidr {
        int bits = first.bytes().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("/%d is out of range: use 0 to %d".formatted(prefixLength, bits));
        }
        if (!Arrays.equals(masked(first.bytes(), prefixLength), first.bytes())) {
            throw new IllegalArgumentException("%s/%d has bits set after its prefix".formatted(first, prefixLength));
        }
    }

    /** Reads {@code 10.0.0.0/8} or {@code fc00::/7}; a bare address is not a range. */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    "'%s' is not a CIDR: use address/bits, 10.0.0.0/8 for example".formatted(text));
        }
        return new Cidr(new IpAddress(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public static Cidr ofSingle(IpAddress address) {
        return new Cidr(address, address.bytes().length * Byte.SIZE);
    }

    /** The range of so many leading bits, no more than its own, that this one lies in. */
    public Cidr widened(int newPrefixLength) {
        return new Cidr(IpAddress.ofBytes(masked(first.bytes(), newPrefixLength)), newPrefixLength);
    }

    /** Its lower and its upper half; a single address has none. */
    public List<Cidr> halves() {
        if (prefixLength == first.bytes().length * Byte.SIZE) {
            return List.of();
        }
        byte[] upper = first.bytes();
        upper[prefixLength / Byte.SIZE] |= (byte) (0x80 >>> (prefixLength % Byte.SIZE));
        return List.of(new Cidr(first, prefixLength + 1), new Cidr(IpAddress.ofBytes(upper), prefixLength + 1));
    }

    public boolean contains(Cidr other) {
        return prefixLength <= other.prefixLength && contains(other.first);
    }

    public boolean contains(IpAddress address) {
        return first.isV4() == address.isV4() && isPrefixOf(address.bytes());
    }

    private boolean isPrefixOf(byte[] address) {
        byte[] own = first.bytes();
        int whole = prefixLength / Byte.SIZE;
        int rest = prefixLength % Byte.SIZE;
        return Arrays.equals(own, 0, whole, address, 0, whole)
                && (rest == 0 || ((own[whole] ^ address[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The addresses in both: two ranges nest or are apart, so it is the smaller of them or nothing. */
    public Optional<Cidr> intersection(Cidr other) {
        if (contains(other)) {
            return Optional.of(other);
        }
        return other.contains(this) ? Optional.of(this) : Optional.empty();
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] result = address.clone();
        for (int index = 0; index < result.length; index++) {
            int kept = Math.clamp(bits - (long) index * Byte.SIZE, 0, Byte.SIZE);
            result[index] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return result;
    }

    @Override
    public int compareTo(Cidr other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return first + "/" + prefixLength;
    }
}
