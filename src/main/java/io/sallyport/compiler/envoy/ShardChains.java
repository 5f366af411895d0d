package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.extensions.matching.input_matchers.consistent_hashing.v3.ConsistentHashing;

/** Chooses a filter chain, named by its number, as {@link Shards} chooses a part: by halves, on the hash of the text. */
final class ShardChains {
    private static final TypedExtensionConfig SHARD = Predicates.filterState(ShardTable.SHARD);

    private final int count;

    /** {@code count} is 2 at least. */
    ShardChains(int count) {
        this.count = count;
    }

    static String name(int shard) {
        return Integer.toString(shard);
    }

    Matcher matcher() {
        return between(0, count);
    }

    // Without a server name there is nothing to hash: the first chain refuses as well as any.
    private Matcher between(int first, int end) {
        int middle = (first + end) / 2;
        var hash = ConsistentHashing.newBuilder().setThreshold(middle).setModulo(count);
        return Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder()
                        .addMatchers(FieldMatcher.newBuilder()
                                .setPredicate(Predicates.custom(SHARD, Predicates.extension("hash", hash.build())))
                                .setOnMatch(onMatch(middle, end))))
                .setOnNoMatch(onMatch(first, middle))
                .build();
    }

    private Matcher.OnMatch onMatch(int first, int end) {
        if (end - first > 1) {
            return Matcher.OnMatch.newBuilder().setMatcher(between(first, end)).build();
        }
        var chain = Predicates.extension(name(first), StringValue.of(name(first)));
        return Matcher.OnMatch.newBuilder().setAction(chain).build();
    }
}
