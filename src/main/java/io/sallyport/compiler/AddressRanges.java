package io.sallyport.compiler;

import io.sallyport.domain.network.Cidr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of addresses as the fewest of the given ranges: sorted, without one inside another. */
record AddressRanges(List<Cidr> ranges) {
    static final AddressRanges NOBODY = new AddressRanges(List.of());
    static final AddressRanges EVERYONE = AddressRanges.of(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));

    AddressRanges {
        ranges = List.copyOf(ranges);
    }

    static AddressRanges of(Collection<Cidr> ranges) {
        List<Numbered> outerFirst = ranges.stream()
                .distinct()
                .map(Numbered::new)
                .sorted(Numbered.OUTER_FIRST)
                .toList();
        List<Cidr> kept = new ArrayList<>();
        for (Numbered next : outerFirst) {
            if (kept.isEmpty() || !kept.getLast().contains(next.range())) {
                kept.add(next.range());
            }
        }
        kept.sort(Comparator.naturalOrder());
        return new AddressRanges(kept);
    }

    AddressRanges within(AddressRanges other) {
        if (other.equals(EVERYONE)) {
            return this;
        }
        return of(ranges.stream()
                .flatMap(range -> other.ranges.stream().flatMap(limit -> range.intersection(limit).stream()))
                .toList());
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** A range with its first address as a number, so that a range is followed at once by all that lie in it. */
    private record Numbered(Cidr range, BigInteger first) {
        static final Comparator<Numbered> OUTER_FIRST = Comparator.<Numbered, Boolean>comparing(
                        one -> one.range.first().isV4())
                .thenComparing(Numbered::first)
                .thenComparingInt(one -> one.range.prefixLength());

        Numbered(Cidr range) {
            this(range, new BigInteger(1, range.first().bytes()));
        }
    }
}
