package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.Composite;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The table who: the address of a source to the classes that it is in, written into a header. */
final class SourceTable {
    private SourceTable() {}

    static TypedExtensionConfig of(String name, Collection<SourceClass> classes) {
        ExtensionWithMatcher table = ExtensionWithMatcher.newBuilder()
                .setExtensionConfig(Composites.extension("composite", Composite.getDefaultInstance()))
                .setXdsMatcher(matcher(SourceRanges.of(classes)))
                .build();
        return Composites.extension(name, table);
    }

    // Whoever is in no class gets no header, and so matches no rule. A table has at least one range.
    private static Matcher matcher(Map<SortedSet<String>, List<Cidr>> ranges) {
        if (ranges.isEmpty()) {
            return Matcher.newBuilder().setOnNoMatch(stamping("|")).build();
        }
        IPMatcher.Builder addresses = IPMatcher.newBuilder();
        ranges.forEach((ids, members) -> addresses.addRangeMatchers(IPRangeMatcher.newBuilder()
                .addAllRanges(members.stream().map(Addresses::xdsRange).toList())
                .setOnMatch(stamping("|" + String.join("|", ids) + "|"))));
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.extension("source", DirectSourceIPInput.getDefaultInstance()))
                        .setCustomMatch(Predicates.extension("ranges", addresses.build())))
                .build();
    }

    private static Matcher.OnMatch stamping(String classes) {
        HeaderMutation mutation = HeaderMutation.newBuilder()
                .setMutations(Mutations.newBuilder().addRequestMutations(Headers.set(Headers.SOURCES, classes)))
                .build();
        return Composites.execute(ExecuteFilterAction.newBuilder()
                .setTypedConfig(Composites.extension("stamp", mutation))
                .build());
    }
}
