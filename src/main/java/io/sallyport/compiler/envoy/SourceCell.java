package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import java.util.List;

/** Sources between whom no rule of a destination makes a difference, narrower cells aside. */
sealed interface SourceCell {

    /** Those who prove to be one of these. */
    record Named(PrincipalPattern principal) implements SourceCell {}

    /** Those who come from one of these addresses. */
    record At(Cidr range) implements SourceCell {}

    /** All others. */
    record Else() implements SourceCell {}

    /** Whether all of this cell lies in the other. */
    default boolean isWithin(SourceCell other) {
        return switch (other) {
            case Else ignored -> true;
            case Named wide -> this instanceof Named named && named.principal().isWithin(wide.principal());
            case At wide -> this instanceof At at && wide.range().contains(at.range());
        };
    }

    /** Whether rules on these identities speak of the cell. */
    default boolean isAmong(IdentitySet identities) {
        return identities.anyone()
                || switch (this) {
                    case Named named -> identities.principals().stream().anyMatch(named.principal()::isWithin);
                    case At at -> identities.ranges().stream().anyMatch(range -> range.contains(at.range()));
                    case Else ignored -> false;
                };
    }

    /** Whether rules on these addresses, or on all where there are none, speak of the cell. */
    default boolean isAmong(List<Cidr> ipBlocks) {
        return ipBlocks.isEmpty()
                || (this instanceof At at && ipBlocks.stream().anyMatch(block -> block.contains(at.range())));
    }
}
