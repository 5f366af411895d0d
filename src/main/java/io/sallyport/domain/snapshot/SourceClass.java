package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.Cidr;
import java.util.List;

/**
 * Everyone that one {@code from} entry means: whose identity is among {@code identities}, and who comes from {@code
 * ipBlocks}.
 *
 * @param id a short hash of what the entry says, so it stays when workloads move
 * @param ipBlocks a condition on the peer's address, whatever its identity: sorted, without one inside another; no
 *     condition where empty
 */
public record SourceClass(String id, IdentitySet identities, List<Cidr> ipBlocks) {
    private static final List<Cidr> EVERY_ADDRESS = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    public SourceClass {
        ipBlocks = List.copyOf(ipBlocks);
    }

    /**
     * Where those come from who are meant and show no certificate and no token, which is all that some listeners see:
     * sorted, without one inside another.
     */
    public List<Cidr> addresses() {
        if (identities.anyone()) {
            return ipBlocks.isEmpty() ? EVERY_ADDRESS : ipBlocks;
        }
        return ipBlocks.isEmpty() ? identities.ranges() : within(identities.ranges(), ipBlocks);
    }

    /** Whether anybody can be in both: by address, or by what he proves. */
    public boolean mayMeet(SourceClass other) {
        return overlap(addresses(), other.addresses()) || (mayProveTheSame(other) && mayComeFromWhere(other));
    }

    private boolean mayProveTheSame(SourceClass other) {
        if (identities.anyone()) {
            return other.mayProveAnything();
        }
        return other.identities.anyone()
                ? mayProveAnything()
                : identities.principals().stream()
                        .anyMatch(name -> other.identities.principals().stream().anyMatch(name::overlaps));
    }

    private boolean mayProveAnything() {
        return identities.anyone() || !identities.principals().isEmpty();
    }

    private boolean mayComeFromWhere(SourceClass other) {
        return ipBlocks.isEmpty() || other.ipBlocks.isEmpty() || overlap(ipBlocks, other.ipBlocks);
    }

    private static boolean overlap(List<Cidr> some, List<Cidr> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(one::overlaps));
    }

    private static List<Cidr> within(List<Cidr> ranges, List<Cidr> limits) {
        return ranges.stream()
                .flatMap(range -> limits.stream().flatMap(limit -> range.intersection(limit).stream()))
                .distinct()
                .sorted()
                .toList();
    }
}
