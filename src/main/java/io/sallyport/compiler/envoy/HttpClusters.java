package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
        return hosts().entrySet().stream()
                .flatMap(known -> parts(requireNonNull(upstreams.get(known.getKey())), known.getValue()));
    }

    // Whatever is not checked needs no host, and stays the same when hosts come and go.
    private Stream<Part> parts(Upstream upstream, String known) {
        String host = upstream.settings().healthCheck().isEmpty() ? "" : known;
        List<?> inputs = List.of(upstream, host, snapshot.addressPolicy(), wayOut);
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION ->
                EnvoyCompiler.withEndpoints(upstream.name(), upstream, inputs, () -> clusters.of(upstream, host));
            case TUNNEL, WHOLE_URL ->
                Stream.of(new Part(ResourceType.CLUSTER, upstream.name(), inputs, () -> clusters.of(upstream, host)));
        };
    }

    // Each upstream with an exact host that leads there, if there is one.
    private SequencedMap<String, String> hosts() {
        SequencedMap<String, String> hosts = new LinkedHashMap<>();
        snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol().isHttp())
                .flatMap(listener -> listener.hosts().stream())
                .forEach(host -> host.ports()
                        .forEach(port -> hosts.merge(port.upstream(), name(host), HttpClusters::preferred)));
        return hosts;
    }

    private static String name(HostEntry host) {
        return host.host().isWildcard() ? "" : host.host().value();
    }

    private static String preferred(String known, String other) {
        return known.isEmpty() ? other : known;
    }
}
