package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.EnvoyInternalAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.snapshot.Upstream;

/** The clusters that lead to an inner listener of a CONNECT listener, within the same proxy, and from it. */
final class TunnelCluster {
    private TunnelCluster() {}

    /** Named like the listener. */
    static Cluster leadingTo(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(DiscoveryType.STATIC)
                .setConnectTimeout(HttpCluster.CONNECT_TIMEOUT)
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(inner(name))))))
                .setTransportSocket(carryingState())
                .build();
    }

    /** The cluster that leads on from there: to the place of the upstream, without TLS of our own; {@code host} is whom checks ask for. */
    static Cluster leadingOn(Tunnel tunnel, String host, AddressPolicy policy) {
        Upstream upstream = tunnel.upstream();
        Cluster.Builder cluster = switch (upstream.resolution()) {
            case STATIC -> UnreadCluster.of(tunnel.cluster(), upstream, host);
            case DNS, DYNAMIC, ORIGINAL ->
                ClusterSettings.connected(PassthroughCluster.resolving(tunnel.cache(policy)), upstream);
        };
        return cluster.setName(tunnel.cluster()).build();
    }

    private static Address inner(String listener) {
        return Address.newBuilder()
                .setEnvoyInternalAddress(EnvoyInternalAddress.newBuilder().setServerListenerName(listener))
                .build();
    }

    private static TransportSocket carryingState() {
        TransportSocket raw = socket("envoy.transport_sockets.raw_buffer", RawBuffer.getDefaultInstance());
        return socket(
                "envoy.transport_sockets.internal_upstream",
                InternalUpstreamTransport.newBuilder().setTransportSocket(raw).build());
    }

    private static TransportSocket socket(String name, com.google.protobuf.Message config) {
        return TransportSocket.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(config))
                .build();
    }
}
