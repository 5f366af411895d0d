package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the chain of a flow by what is known of it: its destination, who the source is, and where it comes from. */
final class GrantMatcher {
    private static final TypedExtensionConfig DESTINATION = Predicates.filterState(CutState.DESTINATION);
    private static final TypedExtensionConfig PRINCIPAL = Predicates.filterState(CutState.PRINCIPAL);
    private static final TypedExtensionConfig ADDRESS = Predicates.filterState(CutState.ADDRESS);

    private final Grants grants;

    private GrantMatcher(Grants grants) {
        this.grants = grants;
    }

    /** Where there is no grant at all it finds no chain. */
    static Matcher of(List<Grants> all) {
        SortedMap<String, Matcher.OnMatch> destinations = new TreeMap<>();
        all.forEach(grants -> destinations.put(grants.destination(), new GrantMatcher(grants).bySource()));
        return Matcher.newBuilder()
                .setOnNoMatch(
                        ChainMatchers.byWhole(DESTINATION, destinations, ChainMatchers.chain(CutListener.NO_CHAIN)))
                .build();
    }

    // Whoever proves nothing is known by its address, nobody else is.
    private Matcher.OnMatch bySource() {
        SortedMap<String, Matcher.OnMatch> whole = new TreeMap<>();
        SortedMap<String, Matcher.OnMatch> beginnings = new TreeMap<>();
        whole.put(CutState.NO_PRINCIPAL, ChainMatchers.byCell(ADDRESS, grants.sources(), this::byAddress));
        Matcher.OnMatch others = byAddress(new SourceCell.Else());
        for (SourceCell cell : grants.sources()) {
            if (cell instanceof SourceCell.Named(PrincipalPattern principal)) {
                if (principal.equals(PrincipalPattern.ANY)) {
                    others = byAddress(cell);
                } else {
                    (principal.isPrefix() ? beginnings : whole).put(principal.prefix(), byAddress(cell));
                }
            }
        }
        return ChainMatchers.byWhole(PRINCIPAL, whole, ChainMatchers.byBeginning(PRINCIPAL, beginnings, others));
    }

    private Matcher.OnMatch byAddress(SourceCell source) {
        return ChainMatchers.byCell(
                ADDRESS, grants.addresses(), address -> ChainMatchers.chain(grants.chain(source, address)));
    }
}
