package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;
import io.sallyport.domain.snapshot.Upstream;

/** A cluster that an HTTP listener sends to. */
final class HttpCluster {
    static final Duration CONNECT_TIMEOUT = Duration.newBuilder().setSeconds(5).build();

    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final AddressGuard guard;

    HttpCluster(AddressGuard guard) {
        this.guard = guard;
    }

    Cluster of(Upstream upstream) {
        Cluster.Builder cluster = discovered(upstream)
                .setName(upstream.name())
                .setConnectTimeout(CONNECT_TIMEOUT)
                .putTypedExtensionProtocolOptions(OPTIONS, Encoding.any(options(upstream)));
        return switch (upstream.protocol()) {
            case HTTPS -> cluster.setTransportSocket(UpstreamTls.verified()).build();
            case HTTP, HTTP2, GRPC, TLS, TCP -> cluster.build();
        };
    }

    private static Cluster.Builder discovered(Upstream upstream) {
        return switch (upstream.resolution()) {
            case STATIC -> byEndpoints(upstream.name());
            // Every address is an endpoint of its own, so the guard sees each that is connected to. A resolver that
            // says nothing must not hold back the acknowledgement of all clusters.
            case DNS, DYNAMIC, ORIGINAL ->
                Cluster.newBuilder()
                        .setType(DiscoveryType.STRICT_DNS)
                        .setDnsLookupFamily(DnsLookupFamily.V4_PREFERRED)
                        .setWaitForWarmOnInit(BoolValue.of(false))
                        .setLoadAssignment(Endpoints.of(upstream.name(), upstream));
        };
    }

    static Cluster.Builder byEndpoints(String cluster) {
        return Cluster.newBuilder()
                .setType(DiscoveryType.EDS)
                .setEdsClusterConfig(EdsClusterConfig.newBuilder()
                        .setEdsConfig(Discovery.ofEndpoints())
                        .setServiceName(cluster));
    }

    private HttpProtocolOptions options(Upstream upstream) {
        HttpProtocolOptions.Builder options = speaking(upstream);
        return switch (upstream.resolution()) {
            // Checked when they were written.
            case STATIC -> options.build();
            case DNS, DYNAMIC, ORIGINAL ->
                options.addHttpFilters(filter("envoy.filters.http.upstream_rbac", guard.filter()))
                        .addHttpFilters(filter("envoy.filters.http.upstream_codec", UpstreamCodec.getDefaultInstance()))
                        .build();
        };
    }

    // Over TLS it is what the workload speaks, so WebSocket and gRPC both find an upstream that can.
    private static HttpProtocolOptions.Builder speaking(Upstream upstream) {
        var options = HttpProtocolOptions.newBuilder();
        return switch (upstream.protocol()) {
            case HTTP, TLS, TCP ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder()
                        .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance()));
            case HTTP2, GRPC ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder()
                        .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()));
            case HTTPS ->
                options.setUseDownstreamProtocolConfig(UseDownstreamHttpConfig.newBuilder()
                                .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                                .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()))
                        .setUpstreamHttpProtocolOptions(UpstreamHttpProtocolOptions.newBuilder()
                                .setAutoSni(true)
                                .setAutoSanValidation(true));
        };
    }

    private static HttpFilter filter(String name, Message filter) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(filter))
                .build();
    }
}
