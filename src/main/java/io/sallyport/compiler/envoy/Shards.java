package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import java.util.Collection;
import java.util.List;

/**
 * Which part of its tables a TLS listener looks into for a host: by the outermost suffix above the host, or else by the
 * host, as Envoy hashes them. What holds for all hosts is in every part.
 */
final class Shards {
    private final List<HostPattern> outermost;
    private final SuffixSet above;
    private final int count;

    /** {@code count} is how many parts there are, 1 at least. */
    Shards(Collection<HostPattern> hosts, int count) {
        List<HostPattern> suffixes =
                hosts.stream().filter(HostPattern::isSuffix).distinct().sorted().toList();
        var all = new SuffixSet(suffixes);
        this.outermost =
                suffixes.stream().filter(suffix -> all.above(suffix).isEmpty()).toList();
        this.above = new SuffixSet(outermost);
        this.count = count;
    }

    int count() {
        return count;
    }

    /** The suffixes that no other is above; none of them is below another. */
    List<HostPattern> outermost() {
        return outermost;
    }

    /** Throws IllegalArgumentException for what is in every part. */
    int of(HostPattern host) {
        if (host.isEverything()) {
            throw new IllegalArgumentException(host + " is in every part");
        }
        HostPattern key = above.above(host).orElse(host);
        return (int) Long.remainderUnsigned(Xxh64.of(key.value()), count);
    }
}
