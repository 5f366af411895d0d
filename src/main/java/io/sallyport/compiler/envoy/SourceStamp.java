package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** How the tables who write down what they found: classes between bars, {@code |c1|c7|}, in a header. */
enum SourceStamp {
    /** Who the source is, by its strongest identity. */
    IDENTITIES(Headers.IDENTITIES),
    /** Where it comes from, whoever it is. */
    ADDRESSES(Headers.ADDRESSES);

    private final String header;

    SourceStamp(String header) {
        this.header = header;
    }

    Matcher.OnMatch onMatch(SortedSet<String> ids) {
        HeaderMutation mutation = HeaderMutation.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addRequestMutations(Headers.set(
                                header, ids.isEmpty() ? "|" : ids.stream().reduce("|", SourceStamp::append))))
                .build();
        return Composites.execute(ExecuteFilterAction.newBuilder()
                .setTypedConfig(Composites.extension("stamp", mutation))
                .build());
    }

    Matcher.OnMatch onNoClass() {
        return onMatch(new TreeSet<>());
    }

    /** By the address that the input gives; whoever comes from no range gets no stamp, and so matches no rule. */
    Matcher byAddress(
            TypedExtensionConfig input, Collection<SourceClass> classes, Function<SourceClass, List<Cidr>> ranges) {
        Map<SortedSet<String>, List<Cidr>> byClasses = SourceRanges.of(classes, ranges);
        if (byClasses.isEmpty()) {
            return Matcher.newBuilder().setOnNoMatch(onNoClass()).build();
        }
        IPMatcher.Builder addresses = IPMatcher.newBuilder();
        byClasses.forEach((ids, members) -> addresses.addRangeMatchers(IPRangeMatcher.newBuilder()
                .addAllRanges(members.stream().map(Addresses::xdsRange).toList())
                .setOnMatch(onMatch(ids))));
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(input)
                        .setCustomMatch(Predicates.extension("ranges", addresses.build())))
                .build();
    }

    private static String append(String stamp, String id) {
        return stamp + id + "|";
    }
}
