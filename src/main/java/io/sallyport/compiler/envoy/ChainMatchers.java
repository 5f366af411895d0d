package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.sallyport.domain.network.Cidr;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The words by which filter chains are found; where nothing is to be compared, what is found otherwise. */
final class ChainMatchers {
    private ChainMatchers() {}

    static Matcher.OnMatch chain(String name) {
        return Matcher.OnMatch.newBuilder()
                .setAction(Predicates.extension(name, StringValue.of(name)))
                .build();
    }

    static Matcher.OnMatch byWhole(
            TypedExtensionConfig input, SortedMap<String, Matcher.OnMatch> entries, Matcher.OnMatch otherwise) {
        return entries.isEmpty()
                ? otherwise
                : nested(MatcherTree.newBuilder().setInput(input).setExactMatchMap(map(entries)), otherwise);
    }

    /** The longest beginning counts. */
    static Matcher.OnMatch byBeginning(
            TypedExtensionConfig input, SortedMap<String, Matcher.OnMatch> entries, Matcher.OnMatch otherwise) {
        return entries.isEmpty()
                ? otherwise
                : nested(MatcherTree.newBuilder().setInput(input).setPrefixMatchMap(map(entries)), otherwise);
    }

    /** The longest prefix counts. */
    static Matcher.OnMatch byRange(
            TypedExtensionConfig input, Map<Cidr, Matcher.OnMatch> ranges, Matcher.OnMatch otherwise) {
        if (ranges.isEmpty()) {
            return otherwise;
        }
        var matcher = IPMatcher.newBuilder();
        ranges.forEach((range, onMatch) -> matcher.addRangeMatchers(
                IPRangeMatcher.newBuilder().addRanges(Addresses.xdsRange(range)).setOnMatch(onMatch)));
        return by(input, matcher.build(), otherwise);
    }

    /** By the ranges among the cells. */
    static Matcher.OnMatch byCell(
            TypedExtensionConfig input, List<SourceCell> cells, Function<SourceCell, Matcher.OnMatch> leaf) {
        Map<Cidr, Matcher.OnMatch> ranges = new TreeMap<>();
        for (SourceCell cell : cells) {
            if (cell instanceof SourceCell.At(Cidr range)) {
                ranges.put(range, leaf.apply(cell));
            }
        }
        return byRange(input, ranges, leaf.apply(new SourceCell.Else()));
    }

    static Matcher.OnMatch by(TypedExtensionConfig input, Message matcher, Matcher.OnMatch otherwise) {
        return nested(
                MatcherTree.newBuilder().setInput(input).setCustomMatch(Predicates.extension("custom", matcher)),
                otherwise);
    }

    private static MatchMap map(SortedMap<String, Matcher.OnMatch> entries) {
        return MatchMap.newBuilder().putAllMap(entries).build();
    }

    private static Matcher.OnMatch nested(MatcherTree.Builder tree, Matcher.OnMatch otherwise) {
        return Matcher.OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder().setMatcherTree(tree).setOnNoMatch(otherwise))
                .build();
    }
}
