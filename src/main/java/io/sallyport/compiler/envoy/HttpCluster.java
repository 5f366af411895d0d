package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.extensions.clusters.common.dns.v3.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.snapshot.Upstream;

/** A cluster that a listener which reads HTTP sends to. */
final class HttpCluster {
    static final Duration CONNECT_TIMEOUT = Duration.newBuilder().setSeconds(5).build();

    static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final AddressPolicy policy;
    private final WayOut wayOut;

    HttpCluster(AddressPolicy policy, WayOut wayOut) {
        this.policy = policy;
        this.wayOut = wayOut;
    }

    /** @param host by which the upstream is known where no request names one: for health checks */
    Cluster of(Upstream upstream, String host) {
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION -> connecting(upstream, host);
            case TUNNEL -> tunnelling(upstream);
            case WHOLE_URL -> new ProxyCluster(wayOut.proxy().getFirst()).forRequests(upstream);
        };
    }

    private Cluster connecting(Upstream upstream, String host) {
        var guard = new AddressGuard(policy, upstream.settings().addressGuard());
        Cluster.Builder cluster = discovered(upstream, guard)
                .setName(upstream.name())
                .putTypedExtensionProtocolOptions(OPTIONS, Encoding.any(HttpOptions.guarded(upstream, guard)))
                .addAllHealthChecks(HealthChecks.of(upstream, host));
        return upstream.isOverTls()
                ? cluster.setTransportSocket(UpstreamTls.of(upstream, host)).build()
                : cluster.build();
    }

    // The proxy resolves, and checks nothing for us.
    private static Cluster tunnelling(Upstream upstream) {
        Cluster.Builder cluster = ProxyTunnel.leadingTo(upstream.name(), upstream)
                .putTypedExtensionProtocolOptions(OPTIONS, Encoding.any(HttpOptions.unguarded(upstream)));
        ClusterSettings.balanced(cluster, upstream);
        return upstream.isOverTls()
                ? cluster.setTransportSocket(ProxyTunnel.carrying(UpstreamTls.of(upstream, "")))
                        .build()
                : cluster.build();
    }

    private static Cluster.Builder discovered(Upstream upstream, AddressGuard guard) {
        return switch (upstream.resolution()) {
            case STATIC -> ClusterSettings.balanced(byEndpoints(upstream.name()), upstream);
            case DNS -> ClusterSettings.named(ClusterSettings.balanced(byNames(upstream), upstream), upstream);
            case DYNAMIC -> ClusterSettings.connected(byHostOfRequest(upstream, guard), upstream);
            case ORIGINAL -> ClusterSettings.connected(byAddressOfRequest(), upstream);
        };
    }

    static Cluster.Builder byEndpoints(String cluster) {
        return Cluster.newBuilder()
                .setType(DiscoveryType.EDS)
                .setEdsClusterConfig(EdsClusterConfig.newBuilder()
                        .setEdsConfig(Discovery.ofEndpoints())
                        .setServiceName(cluster));
    }

    // Every address is an endpoint of its own, so the guard sees each that is connected to. A resolver that says
    // nothing
    // must not hold back the acknowledgement of all clusters.
    private static Cluster.Builder byNames(Upstream upstream) {
        DnsSettings settings = upstream.settings().dns();
        DnsCluster dns = DnsCluster.newBuilder()
                .setDnsLookupFamily(family(settings))
                .setDnsRefreshRate(Durations.of(settings.refreshRate()))
                .setRespectDnsTtl(settings.respectTtl())
                .build();
        return Cluster.newBuilder()
                .setClusterType(custom("envoy.clusters.dns", dns))
                .setWaitForWarmOnInit(BoolValue.of(false))
                .setLoadAssignment(Endpoints.of(upstream.name(), upstream));
    }

    private static DnsLookupFamily family(DnsSettings settings) {
        return switch (settings.family()) {
            case V4_PREFERRED -> DnsLookupFamily.V4_PREFERRED;
            case V4_ONLY -> DnsLookupFamily.V4_ONLY;
            case V6_ONLY -> DnsLookupFamily.V6_ONLY;
            case ALL -> DnsLookupFamily.ALL;
        };
    }

    private static CustomClusterType custom(String name, Message config) {
        return CustomClusterType.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(config))
                .build();
    }

    // Where there is no TLS, there is no name to verify either; where there is, a policy may know other names than
    // hosts.
    private static Cluster.Builder byHostOfRequest(Upstream upstream, AddressGuard guard) {
        ClusterConfig config = ClusterConfig.newBuilder()
                .setDnsCacheConfig(DnsCache.of(guard, upstream.settings().dns(), upstream.endpoints()))
                .setAllowInsecureClusterOptions(!isByHost(upstream))
                .build();
        return Cluster.newBuilder()
                .setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
                .setClusterType(custom("envoy.clusters.dynamic_forward_proxy", config));
    }

    private static boolean isByHost(Upstream upstream) {
        return upstream.isOverTls() && UpstreamTls.sendsHost(upstream.tls()) && UpstreamTls.findsHost(upstream.tls());
    }

    private static Cluster.Builder byAddressOfRequest() {
        return Cluster.newBuilder().setType(DiscoveryType.ORIGINAL_DST).setLbPolicy(LbPolicy.CLUSTER_PROVIDED);
    }
}
