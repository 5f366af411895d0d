package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.EnvoyInternalAddress;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.Listener.InternalListenerConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.TunnelingConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport.MetadataValueSource;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKind;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;

/**
 * The way through a forward proxy: clusters connect to a listener within the same Envoy, which asks the proxy, by
 * CONNECT, for the place that came with the connection.
 */
final class ProxyTunnel {
    /** The listener, and the cluster of the proxy that it asks. */
    static final String NAME = "sallyport/upstream-proxy";

    /** {@code host:port}: state of the connection, as a text that takes part in the choice of connections. */
    static final String PLACE = "sallyport.place";

    private static final String METADATA = "sallyport";
    private static final String KEY = "place";

    private ProxyTunnel() {}

    /** A cluster that leads there, for each endpoint of the upstream or for whatever place its users say. */
    static Cluster.Builder leadingTo(String cluster, Upstream upstream) {
        return Cluster.newBuilder()
                .setName(cluster)
                .setType(DiscoveryType.STATIC)
                .setLoadAssignment(Endpoints.throughProxy(cluster, upstream))
                .setTransportSocket(carrying(socket("raw_buffer", RawBuffer.getDefaultInstance())));
    }

    static LbEndpoint.Builder endpoint(UpstreamEndpoint endpoint) {
        boolean isV6 = endpoint.address().contains(":");
        String place = (isV6 ? "[" + endpoint.address() + "]" : endpoint.address()) + ":" + endpoint.port();
        Struct metadata = Struct.newBuilder()
                .putFields(KEY, Value.newBuilder().setStringValue(place).build())
                .build();
        return inside(place).setMetadata(Metadata.newBuilder().putFilterMetadata(METADATA, metadata));
    }

    static LbEndpoint.Builder anywhere() {
        return inside("anywhere");
    }

    private static LbEndpoint.Builder inside(String id) {
        var address =
                EnvoyInternalAddress.newBuilder().setServerListenerName(NAME).setEndpointId(id);
        return LbEndpoint.newBuilder()
                .setEndpoint(
                        Endpoint.newBuilder().setAddress(Address.newBuilder().setEnvoyInternalAddress(address)));
    }

    /** A transport socket, TLS for example, whose bytes go that way. */
    static TransportSocket carrying(TransportSocket inner) {
        var place = MetadataValueSource.newBuilder()
                .setKind(MetadataKind.newBuilder().setHost(MetadataKind.Host.getDefaultInstance()))
                .setName(METADATA);
        return socket(
                "internal_upstream",
                InternalUpstreamTransport.newBuilder()
                        .addPassthroughMetadata(place)
                        .setTransportSocket(inner)
                        .build());
    }

    static Listener listener() {
        var state = new FilterState().hashed(PLACE, "%DYNAMIC_METADATA(" + METADATA + ":" + KEY + ")%");
        var proxy = TcpProxy.newBuilder()
                .setStatPrefix(NAME)
                .setCluster(NAME)
                .setIdleTimeout(com.google.protobuf.Duration.getDefaultInstance())
                .setTunnelingConfig(TunnelingConfig.newBuilder().setHostname("%FILTER_STATE(" + PLACE + ":PLAIN)%"));
        return Listener.newBuilder()
                .setName(NAME)
                .setInternalListener(InternalListenerConfig.getDefaultInstance())
                .addFilterChains(FilterChain.newBuilder()
                        .setName("tunnel")
                        .addFilters(ConnectionFilters.inline("sallyport/place", state.filter()))
                        .addFilters(ConnectionFilters.inline("envoy.filters.network.tcp_proxy", proxy.build())))
                .build();
    }

    private static TransportSocket socket(String kind, Message config) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets." + kind)
                .setTypedConfig(Encoding.any(config))
                .build();
    }
}
