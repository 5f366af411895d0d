package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.gateway.Conduct.OnRevoke;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a gateway needs besides that ends open flows when their grant goes: a listener behind each, and the way to it. */
final class Cut {
    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final Snapshot snapshot;
    private final Map<String, CompiledRoute> routes;

    Cut(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.routes = snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity()));
    }

    static boolean isWanted(Snapshot snapshot) {
        return snapshot.settings().conduct().onRevoke() == OnRevoke.CUT;
    }

    Stream<Part> parts() {
        return isWanted(snapshot)
                ? snapshot.listeners().stream()
                        .filter(listener -> listener.listener().protocol().isHttp())
                        .flatMap(this::parts)
                : Stream.empty();
    }

    private Stream<Part> parts(ListenerSnapshot listener) {
        Listener own = listener.listener();
        String name = ResourceNames.cut(own);
        var skeleton = HttpSkeleton.of(snapshot, listener);
        List<Grants> grants = grants(listener);
        return Stream.of(
                new Part(
                        ResourceType.LISTENER, name, List.of(skeleton, grants), () -> CutListener.of(skeleton, grants)),
                new Part(ResourceType.CLUSTER, name, List.of(own), () -> leadingTo(own)));
    }

    /** The grants of a listener for TLS or TCP; empty where the gateway cuts nothing. */
    ConnectionGrants ofConnections(ListenerSnapshot listener) {
        SortedMap<HostPattern, Grants> byHost = new TreeMap<>();
        if (isWanted(snapshot)) {
            var ways = new UnreadWays(snapshot);
            listener.hosts().stream()
                    .map(ways::decided)
                    .forEach(host -> host.ports().stream()
                            .limit(1)
                            .forEach(port -> byHost.put(
                                    host.host(),
                                    Grants.ofConnections(
                                            Stamp.of(host.host(), port.number()),
                                            port.decidingRules(),
                                            speakingIn(port.rules()),
                                            otherwise(port)))));
        }
        return new ConnectionGrants(listener.listener(), byHost);
    }

    private List<Grants> grants(ListenerSnapshot listener) {
        return listener.hosts().stream()
                .flatMap(host -> host.ports().stream()
                        .map(port -> Grants.of(
                                        listener.listener(),
                                        Stamp.of(host.host(), port.number()),
                                        port.decidingRules(),
                                        speakingIn(port.rules()),
                                        otherwise(port))
                                .closing(closed(port))))
                .toList();
    }

    private List<String> closed(PortEntry port) {
        return port.routes().stream()
                .map(id -> requireNonNull(routes.get(id)))
                .filter(route -> route.action() instanceof RouteAction.Refuse)
                .map(CompiledRoute::id)
                .toList();
    }

    private DefaultAction otherwise(PortEntry port) {
        return port.enforceability() == Enforceability.NOWHERE ? DefaultAction.DENY : snapshot.defaultAction();
    }

    private List<SourceClass> speakingIn(List<CompiledRule> rules) {
        Set<String> ids =
                rules.stream().flatMap(rule -> rule.sources().stream()).collect(Collectors.toSet());
        return snapshot.sources().stream().filter(one -> ids.contains(one.id())).toList();
    }

    // HTTP/2 between the two, so that streams of gRPC keep their trailers and WebSockets their upgrade.
    private static Cluster leadingTo(Listener listener) {
        var http2 = Http2ProtocolOptions.newBuilder().setAllowConnect(true);
        HttpProtocolOptions options = HttpProtocolOptions.newBuilder()
                .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(http2))
                .build();
        return TunnelCluster.leadingTo(ResourceNames.cut(listener)).toBuilder()
                .putTypedExtensionProtocolOptions(OPTIONS, Encoding.any(options))
                .build();
    }
}
