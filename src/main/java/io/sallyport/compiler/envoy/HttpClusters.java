package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.sallyport.domain.route.RetryPolicy.Budget;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters that listeners which read HTTP send to, with their endpoints. */
final class HttpClusters {
    private final Snapshot snapshot;
    private final WayOut wayOut;
    private final HttpCluster clusters;
    private final Map<String, Upstream> upstreams;
    private final UsedRoutes routes;

    HttpClusters(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.wayOut = WayOut.of(snapshot);
        this.clusters = new HttpCluster(snapshot.addressPolicy(), wayOut);
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.routes = new UsedRoutes(
                ports().toList(), snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity())));
    }

    Stream<Part> parts() {
        var askedFor = new AskedFor(snapshot);
        return led().flatMap(upstream -> parts(upstream, askedFor.of(upstream)));
    }

    private Stream<Part> parts(Upstream upstream, String host) {
        Optional<Budget> budget = routes.budget(upstream.name());
        List<?> inputs = List.of(upstream, host, budget, snapshot.addressPolicy(), wayOut);
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION ->
                EnvoyCompiler.withEndpoints(upstream.name(), upstream, inputs, () -> cluster(upstream, host, budget));
            case TUNNEL, WHOLE_URL ->
                Stream.of(
                        new Part(ResourceType.CLUSTER, upstream.name(), inputs, () -> cluster(upstream, host, budget)));
        };
    }

    private Cluster cluster(Upstream upstream, String host, Optional<Budget> budget) {
        Cluster cluster = clusters.of(upstream, host);
        return budget.map(most -> ClusterSettings.budgeted(cluster, most)).orElse(cluster);
    }

    // The upstreams that they lead to, by themselves or by routes, and send copies to.
    private Stream<Upstream> led() {
        var mirrors = new Mirrors(upstreams, wayOut);
        var services = new Services(snapshot);
        return Stream.of(
                        ports().map(PortEntry::upstream).map(this::upstream),
                        routes.targets().map(target -> upstream(target.upstream())),
                        routes.forwards().flatMap(mirrors::upstreams),
                        snapshot.policies().stream()
                                .flatMap(policy -> policy.services().stream())
                                .flatMap(services::upstreams))
                .flatMap(some -> some)
                .distinct();
    }

    private Upstream upstream(String name) {
        return requireNonNull(upstreams.get(name));
    }

    private Stream<PortEntry> ports() {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol().isHttp())
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.ports().stream());
    }
}
