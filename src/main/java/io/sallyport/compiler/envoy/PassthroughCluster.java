package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.OriginalDstLbConfig;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.snapshot.Upstream;

/** A cluster that is sent to whatever comes on a connection, unread. */
final class PassthroughCluster {
    private PassthroughCluster() {}

    /** {@code cache} is where names are found that were resolved for it; {@code host} is whom checks ask for. */
    static Cluster of(String name, Upstream upstream, String host, DnsCacheConfig cache) {
        Cluster.Builder cluster = switch (upstream.resolution()) {
            case STATIC -> UnreadCluster.of(name, upstream, host);
            case DNS, DYNAMIC -> ClusterSettings.connected(resolving(cache), upstream);
            case ORIGINAL -> ClusterSettings.connected(original(upstream), upstream);
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

    // Whatever address was asked for: who sends here has judged it.
    private static Cluster.Builder original(Upstream upstream) {
        return Cluster.newBuilder()
                .setType(DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
                .setOriginalDstLbConfig(OriginalDstLbConfig.newBuilder()
                        .setUpstreamPortOverride(
                                UInt32Value.of(upstream.targetPort().value())));
    }
}
