package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.Upstream;

/** A cluster that a TLS listener sends to, named by the host, so that the listener need not know its hosts. */
final class PassthroughCluster {
    private final AddressGuard guard;

    PassthroughCluster(AddressGuard guard) {
        this.guard = guard;
    }

    Cluster of(HostPattern host, Upstream upstream) {
        String name = ResourceNames.passthrough(host);
        Cluster.Builder cluster = switch (upstream.resolution()) {
            case STATIC -> ClusterSettings.balanced(HttpCluster.byEndpoints(name), upstream);
            case DNS, DYNAMIC, ORIGINAL -> ClusterSettings.connected(resolving(ResolverTable.cache(guard)), upstream);
        };
        return cluster.setName(name).build();
    }

    static Cluster.Builder resolving(DnsCacheConfig cache) {
        ClusterConfig config =
                ClusterConfig.newBuilder().setDnsCacheConfig(cache).build();
        return Cluster.newBuilder()
                .setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
                .setClusterType(CustomClusterType.newBuilder()
                        .setName("envoy.clusters.dynamic_forward_proxy")
                        .setTypedConfig(Encoding.any(config)));
    }
}
