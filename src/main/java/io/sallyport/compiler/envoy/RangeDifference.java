package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/** A range without others, as few ranges as it takes. */
final class RangeDifference {
    private RangeDifference() {}

    static List<Cidr> of(Cidr range, List<Cidr> without) {
        if (without.stream().anyMatch(other -> other.contains(range))) {
            return List.of();
        }
        if (without.stream().noneMatch(range::contains)) {
            return List.of(range);
        }
        return halves(range).flatMap(half -> of(half, without).stream()).toList();
    }

    /** The two ranges that make up one of more than a single address. */
    static Stream<Cidr> halves(Cidr range) {
        int prefix = range.prefixLength();
        byte[] upper = range.first().bytes();
        upper[prefix / Byte.SIZE] |= (byte) (0x80 >>> prefix % Byte.SIZE);
        return Stream.of(new Cidr(range.first(), prefix + 1), new Cidr(IpAddress.ofBytes(upper), prefix + 1));
    }
}
