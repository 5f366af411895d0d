package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * A cluster of given endpoints that is sent to whatever comes, unread. Its endpoints are checked as those for requests:
 * what asks over HTTP or gRPC where TLS is spoken has TLS of its own, which what passes through does not get.
 */
final class UnreadCluster {
    private static final Struct CHECKS = Struct.newBuilder()
            .putFields("sallyport/check", Value.newBuilder().setBoolValue(true).build())
            .build();

    private UnreadCluster() {}

    /** @param host whom checks ask for; empty where none is known */
    static Cluster.Builder of(String name, Upstream upstream, String host) {
        Cluster.Builder cluster = ClusterSettings.balanced(HttpCluster.byEndpoints(name), upstream);
        List<HealthCheck> checks = HealthChecks.of(upstream, host);
        return upstream.isOverTls() && checks.stream().anyMatch(UnreadCluster::asks)
                ? asking(cluster, checks, upstream, host)
                : cluster.addAllHealthChecks(checks);
    }

    private static boolean asks(HealthCheck check) {
        return !check.hasTcpHealthCheck();
    }

    private static Cluster.Builder asking(
            Cluster.Builder cluster, List<HealthCheck> checks, Upstream upstream, String host) {
        checks.forEach(check -> cluster.addHealthChecks(check.toBuilder().setTransportSocketMatchCriteria(CHECKS)));
        return cluster.putTypedExtensionProtocolOptions(
                        HttpCluster.OPTIONS, Encoding.any(HttpOptions.ofChecks(upstream, checks)))
                .addTransportSocketMatches(TransportSocketMatch.newBuilder()
                        .setName("checks")
                        .setMatch(CHECKS)
                        .setTransportSocket(UpstreamTls.of(upstream, host)));
    }
}
