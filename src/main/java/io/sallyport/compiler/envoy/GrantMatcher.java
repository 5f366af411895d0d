package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.google.protobuf.StringValue;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds the chain of a flow by what is known of it: its destination, who the source is, and where it comes from. */
final class GrantMatcher {
    private static final TypedExtensionConfig DESTINATION = Predicates.filterState(CutState.DESTINATION);
    private static final TypedExtensionConfig PRINCIPAL = Predicates.filterState(CutState.PRINCIPAL);
    private static final TypedExtensionConfig ADDRESS = Predicates.filterState(CutState.ADDRESS);
    private static final SourceCell ELSE = new SourceCell.Else();

    private final Grants grants;

    private GrantMatcher(Grants grants) {
        this.grants = grants;
    }

    /** At least one destination. */
    static Matcher of(List<Grants> all) {
        SortedMap<String, Matcher.OnMatch> destinations = new TreeMap<>();
        all.forEach(grants -> destinations.put(grants.destination(), new GrantMatcher(grants).bySource()));
        return Matcher.newBuilder()
                .setMatcherTree(exact(DESTINATION, destinations))
                .setOnNoMatch(chain(CutListener.NO_CHAIN))
                .build();
    }

    /** Where there is no grant at all. */
    static Matcher ofNobody() {
        return Matcher.newBuilder().setOnNoMatch(chain(CutListener.NO_CHAIN)).build();
    }

    // Whoever proves nothing is known by its address, nobody else is.
    private Matcher.OnMatch bySource() {
        SortedMap<String, Matcher.OnMatch> whole = new TreeMap<>();
        SortedMap<String, Matcher.OnMatch> beginnings = new TreeMap<>();
        whole.put(CutState.NO_PRINCIPAL, byRange(grants.sources(), this::byAddress));
        Matcher.OnMatch others = byAddress(ELSE);
        for (SourceCell cell : grants.sources()) {
            if (cell instanceof SourceCell.Named(PrincipalPattern principal)) {
                if (principal.equals(PrincipalPattern.ANY)) {
                    others = byAddress(cell);
                } else {
                    (principal.isPrefix() ? beginnings : whole).put(principal.prefix(), byAddress(cell));
                }
            }
        }
        Matcher.OnMatch byBeginning = beginnings.isEmpty()
                ? others
                : nested(Matcher.newBuilder()
                        .setMatcherTree(MatcherTree.newBuilder()
                                .setInput(PRINCIPAL)
                                .setPrefixMatchMap(MatchMap.newBuilder().putAllMap(beginnings)))
                        .setOnNoMatch(others));
        return nested(
                Matcher.newBuilder().setMatcherTree(exact(PRINCIPAL, whole)).setOnNoMatch(byBeginning));
    }

    private Matcher.OnMatch byAddress(SourceCell source) {
        return byRange(grants.addresses(), address -> chain(grants.chain(source, address)));
    }

    private static Matcher.OnMatch byRange(List<SourceCell> cells, Function<SourceCell, Matcher.OnMatch> leaf) {
        var ranges = IPMatcher.newBuilder();
        for (SourceCell cell : cells) {
            if (cell instanceof SourceCell.At at) {
                ranges.addRangeMatchers(IPRangeMatcher.newBuilder()
                        .addRanges(Addresses.xdsRange(at.range()))
                        .setOnMatch(leaf.apply(cell)));
            }
        }
        if (ranges.getRangeMatchersCount() == 0) {
            return leaf.apply(ELSE);
        }
        return nested(Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(ADDRESS)
                        .setCustomMatch(Predicates.extension("ranges", ranges.build())))
                .setOnNoMatch(leaf.apply(ELSE)));
    }

    private static MatcherTree exact(TypedExtensionConfig input, SortedMap<String, Matcher.OnMatch> entries) {
        return MatcherTree.newBuilder()
                .setInput(input)
                .setExactMatchMap(MatchMap.newBuilder().putAllMap(entries))
                .build();
    }

    private static Matcher.OnMatch nested(Matcher.Builder matcher) {
        return Matcher.OnMatch.newBuilder().setMatcher(matcher).build();
    }

    private static Matcher.OnMatch chain(String name) {
        return Matcher.OnMatch.newBuilder()
                .setAction(Predicates.extension(name, StringValue.of(name)))
                .build();
    }
}
