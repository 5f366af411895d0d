package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** What a gateway needs to leave through a forward proxy, beside what leads there. */
final class ProxyParts {
    private ProxyParts() {}

    static Stream<Part> of(Snapshot snapshot) {
        WayOut wayOut = WayOut.of(snapshot);
        if (wayOut.proxy().isEmpty()) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(
                        new Part(ResourceType.LISTENER, ProxyTunnel.NAME, List.of(), ProxyTunnel::listener),
                        new Part(
                                ResourceType.CLUSTER,
                                ProxyTunnel.NAME,
                                List.of(wayOut),
                                () -> new ProxyCluster(wayOut.proxy().getFirst()).forTunnels())),
                tunnelsBesideRequests(snapshot, wayOut));
    }

    // What a proxy is asked for by URL must not get the bytes of a tunnel: they could be a request to the proxy.
    private static Stream<Part> tunnelsBesideRequests(Snapshot snapshot, WayOut wayOut) {
        boolean hasTunnels = snapshot.listeners().stream()
                .anyMatch(listener -> listener.listener().protocol() == Protocol.CONNECT);
        return snapshot.upstreams().stream()
                .filter(upstream -> hasTunnels && wayOut.ofRequests(upstream) == WayOut.Form.WHOLE_URL)
                .map(upstream -> leadingTo(ResourceNames.TUNNEL + upstream.name(), upstream));
    }

    /** A cluster of whatever name by which bytes that nobody reads get to an upstream. */
    static Part leadingTo(String cluster, Upstream upstream) {
        return new Part(
                ResourceType.CLUSTER,
                cluster,
                List.of(upstream, ProxyTunnel.NAME),
                () -> ClusterSettings.balanced(ProxyTunnel.leadingTo(cluster, upstream), upstream)
                        .build());
    }
}
