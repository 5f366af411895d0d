package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/** The forward proxy as a cluster. The address policy says nothing about it: it is where the operator wants to go. */
final class ProxyCluster {
    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final UpstreamProxy proxy;

    ProxyCluster(UpstreamProxy proxy) {
        this.proxy = proxy;
    }

    /** For tunnels. */
    Cluster forTunnels() {
        return named(ProxyTunnel.NAME)
                .setConnectTimeout(HttpCluster.CONNECT_TIMEOUT)
                .putTypedExtensionProtocolOptions(
                        OPTIONS, Encoding.any(options(Http1ProtocolOptions.newBuilder(), List.of())))
                .build();
    }

    /** For requests to an upstream, each for a whole URL. */
    Cluster forRequests(Upstream upstream) {
        var http = Http1ProtocolOptions.newBuilder().setSendFullyQualifiedUrl(true);
        return ClusterSettings.connected(named(upstream.name()), upstream)
                .putTypedExtensionProtocolOptions(OPTIONS, Encoding.any(options(http, List.of(upstream))))
                .build();
    }

    private Cluster.Builder named(String name) {
        var endpoint = LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(Addresses.socket(proxy.address(), proxy.port())));
        return Cluster.newBuilder()
                .setName(name)
                .setType(IpAddress.isValid(proxy.address()) ? DiscoveryType.STATIC : DiscoveryType.STRICT_DNS)
                .setWaitForWarmOnInit(BoolValue.of(false))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint)));
    }

    private HttpProtocolOptions options(Http1ProtocolOptions.Builder http, List<Upstream> upstream) {
        var options = HttpProtocolOptions.newBuilder()
                .setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttpProtocolOptions(http))
                .addHttpFilters(HttpFilters.inline("sallyport/clean-upstream", withoutAuthority()));
        proxy.credential()
                .forEach(credential ->
                        options.addHttpFilters(InjectedCredential.whole(credential, "Proxy-Authorization")));
        upstream.forEach(each ->
                each.injection().forEach(injection -> options.addHttpFilters(InjectedCredential.of(injection))));
        return options.addHttpFilters(
                        HttpFilters.inline("envoy.filters.http.upstream_codec", UpstreamCodec.getDefaultInstance()))
                .build();
    }

    private static Message withoutAuthority() {
        return io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addRequestMutations(HeaderMutation.newBuilder().setRemove(Passage.AUTHORITY)))
                .build();
    }
}
