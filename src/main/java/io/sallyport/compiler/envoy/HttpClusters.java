package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clusters that listeners which read HTTP send to, with their endpoints. */
final class HttpClusters {
    private final Snapshot snapshot;
    private final WayOut wayOut;
    private final HttpCluster clusters;

    HttpClusters(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.wayOut = WayOut.of(snapshot);
        this.clusters = new HttpCluster(snapshot.addressPolicy(), wayOut);
    }

    Stream<Part> parts() {
        Map<String, Upstream> upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        var askedFor = new AskedFor(snapshot);
        return led().map(name -> requireNonNull(upstreams.get(name)))
                .flatMap(upstream -> parts(upstream, askedFor.of(upstream)));
    }

    private Stream<Part> parts(Upstream upstream, String host) {
        List<?> inputs = List.of(upstream, host, snapshot.addressPolicy(), wayOut);
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION ->
                EnvoyCompiler.withEndpoints(upstream.name(), upstream, inputs, () -> clusters.of(upstream, host));
            case TUNNEL, WHOLE_URL ->
                Stream.of(new Part(ResourceType.CLUSTER, upstream.name(), inputs, () -> clusters.of(upstream, host)));
        };
    }

    // The upstreams that they lead to.
    private Stream<String> led() {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol().isHttp())
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.ports().stream())
                .map(PortEntry::upstream)
                .distinct();
    }
}
