package io.sallyport.compiler;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sources that are alike in all that a class can ask: of one kind of identity, from one range of addresses.
 *
 * @param principal at most one; who has neither this nor {@code address} is anyone
 * @param isByAddress whether it is their address that says who they are
 */
record Sources(List<PrincipalPattern> principal, boolean isByAddress, Cidr from) {
    private static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    /** All of a class, in parts. */
    static Stream<Sources> of(SourceClass whole) {
        List<Cidr> blocks = whole.ipBlocks().isEmpty() ? EVERYWHERE : whole.ipBlocks();
        IdentitySet identities = whole.identities();
        Stream<Sources> byName = identities.principals().stream()
                .flatMap(name -> blocks.stream().map(block -> new Sources(List.of(name), false, block)));
        Stream<Sources> byAddress = identities.ranges().stream()
                .flatMap(range -> blocks.stream().flatMap(block -> range.intersection(block).stream()))
                .map(range -> new Sources(List.of(), true, range));
        Stream<Sources> anyone =
                identities.anyone() ? blocks.stream().map(block -> new Sources(List.of(), false, block)) : Stream.of();
        return Stream.of(byName, byAddress, anyone).flatMap(part -> part);
    }

    /** Whether a listener that sees so much recognises any of them. */
    boolean isSeen(ListenerView view) {
        if (isByAddress) {
            return !view.certificates();
        }
        return principal.stream().allMatch(view::sees);
    }

    boolean areWithin(SourceClass whole) {
        return areWithinIdentities(whole.identities())
                && (whole.ipBlocks().isEmpty() || whole.ipBlocks().stream().anyMatch(block -> block.contains(from)));
    }

    private boolean areWithinIdentities(IdentitySet identities) {
        if (identities.anyone()) {
            return true;
        }
        if (isByAddress) {
            return identities.ranges().stream().anyMatch(range -> range.contains(from));
        }
        return !principal.isEmpty() && identities.principals().stream().anyMatch(principal.getFirst()::isWithin);
    }

    /** Whether somebody may be one of them and of the class; yes where that is not known. */
    boolean mayBeIn(SourceClass whole) {
        return of(whole).anyMatch(this::overlap);
    }

    boolean overlap(Sources other) {
        return from.intersection(other.from).isPresent() && (isAnyone() || other.isAnyone() || isOfKindOf(other));
    }

    private boolean isAnyone() {
        return principal.isEmpty() && !isByAddress;
    }

    // The strongest identity counts, so who is known by name is not known by his address.
    private boolean isOfKindOf(Sources other) {
        return isByAddress
                ? other.isByAddress
                : principal.stream().anyMatch(name -> other.principal.stream().anyMatch(name::overlaps));
    }
}
