package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** The clusters of a gateway for bytes that nobody reads, with their endpoints. */
final class UnreadParts {
    private final WayOut wayOut;
    private final AddressPolicy policy;
    private final AskedFor askedFor;

    UnreadParts(Snapshot snapshot) {
        this.wayOut = WayOut.of(snapshot);
        this.policy = snapshot.addressPolicy();
        this.askedFor = new AskedFor(snapshot);
    }

    Stream<Part> leadingTo(String name, Upstream upstream) {
        String host = askedFor.of(upstream);
        return wayOut.isStraight()
                ? EnvoyCompiler.withEndpoints(
                        name,
                        upstream,
                        List.of(upstream, host, policy),
                        () -> PassthroughCluster.of(
                                name,
                                upstream,
                                host,
                                Resolver.of(upstream, policy).cache()))
                : Stream.of(ProxyParts.leadingTo(name, upstream));
    }
}
