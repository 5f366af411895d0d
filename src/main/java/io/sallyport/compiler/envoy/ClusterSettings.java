package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetFallbackPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.type.v3.Percent;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.Connection.KeepAlive;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy.Budget;
import io.sallyport.domain.snapshot.Upstream;

/** What a destination asks of every cluster that leads to it, whatever is spoken there. */
final class ClusterSettings {
    /** In the metadata of a cluster that has no endpoint only where no name of it has an address. */
    static final String NAMED = "sallyport/named";

    private static final int MILLIONTHS_OF_A_PERCENT = Percentage.WHOLE / 100;

    private ClusterSettings() {}

    /** For a cluster with endpoints of its own. */
    static Cluster.Builder balanced(Cluster.Builder cluster, Upstream upstream) {
        UpstreamSettings settings = upstream.settings();
        if (!upstream.subsets().isEmpty()) {
            cluster.setLbSubsetConfig(subsets(upstream));
        }
        if (!settings.outlierDetection().isEmpty() || !settings.healthCheck().isEmpty()) {
            cluster.setCommonLbConfig(withoutPanic());
        }
        return connected(cluster, upstream).setLbPolicy(policy(settings.loadBalancer()));
    }

    /** For a cluster that chooses by the request where it connects to. */
    static Cluster.Builder connected(Cluster.Builder cluster, Upstream upstream) {
        Connection connection = upstream.settings().connection();
        cluster.setConnectTimeout(Durations.of(connection.connectTimeout())).setCircuitBreakers(breaker(connection));
        connection.keepAlive().forEach(probes -> cluster.setUpstreamConnectionOptions(keepingAlive(probes)));
        upstream.settings().outlierDetection().forEach(outliers -> cluster.setOutlierDetection(outliers(outliers)));
        return cluster;
    }

    /** For a cluster whose endpoints are the addresses of names; outliers would be set aside though they have some. */
    static Cluster.Builder named(Cluster.Builder cluster, Upstream upstream) {
        return upstream.settings().outlierDetection().isEmpty()
                ? cluster.setMetadata(Metadata.newBuilder().putFilterMetadata(NAMED, Struct.getDefaultInstance()))
                : cluster;
    }

    private static CircuitBreakers breaker(Connection connection) {
        return CircuitBreakers.newBuilder()
                .addThresholds(Thresholds.newBuilder()
                        .setMaxConnections(UInt32Value.of(connection.maxConnections()))
                        .setMaxPendingRequests(UInt32Value.of(connection.maxPendingRequests()))
                        .setMaxRequests(UInt32Value.of(connection.maxRequests()))
                        .setMaxRetries(UInt32Value.of(connection.maxRetries())))
                .build();
    }

    /** How much is sent again at once, as a part of all and no longer as a number. */
    static Cluster budgeted(Cluster cluster, Budget budget) {
        var retries = RetryBudget.newBuilder()
                .setBudgetPercent(
                        Percent.newBuilder().setValue(budget.percent().millionths() / (double) MILLIONTHS_OF_A_PERCENT))
                .setMinRetryConcurrency(UInt32Value.of(budget.minConcurrency()));
        Cluster.Builder budgeted = cluster.toBuilder();
        budgeted.getCircuitBreakersBuilder().getThresholdsBuilder(0).setRetryBudget(retries);
        return budgeted.build();
    }

    private static UpstreamConnectionOptions keepingAlive(KeepAlive probes) {
        return UpstreamConnectionOptions.newBuilder()
                .setTcpKeepalive(TcpKeepalive.newBuilder()
                        .setKeepaliveProbes(UInt32Value.of(probes.probes()))
                        .setKeepaliveTime(UInt32Value.of((int) probes.time().toSeconds()))
                        .setKeepaliveInterval(
                                UInt32Value.of((int) probes.interval().toSeconds())))
                .build();
    }

    // Errors alone: rates of success compare endpoints with each other, which nobody asked for.
    private static OutlierDetection outliers(io.sallyport.domain.destination.OutlierDetection outliers) {
        UInt32Value errors = UInt32Value.of(outliers.consecutiveErrors());
        return OutlierDetection.newBuilder()
                .setConsecutive5Xx(errors)
                .setSplitExternalLocalOriginErrors(true)
                .setConsecutiveLocalOriginFailure(errors)
                .setInterval(Durations.of(outliers.interval()))
                .setBaseEjectionTime(Durations.of(outliers.baseEjectionTime()))
                .setMaxEjectionPercent(UInt32Value.of(outliers.maxEjectionPercent()))
                .setAlwaysEjectOneHost(BoolValue.of(true))
                .setEnforcingSuccessRate(UInt32Value.of(0))
                .setEnforcingLocalOriginSuccessRate(UInt32Value.of(0))
                .build();
    }

    // By default Envoy sends to endpoints that it knows to be unwell once they are the most.
    private static CommonLbConfig withoutPanic() {
        return CommonLbConfig.newBuilder()
                .setHealthyPanicThreshold(Percent.getDefaultInstance())
                .build();
    }

    private static LbSubsetConfig subsets(Upstream upstream) {
        var config = LbSubsetConfig.newBuilder().setFallbackPolicy(LbSubsetFallbackPolicy.ANY_ENDPOINT);
        upstream.subsets().stream()
                .map(subset -> subset.labels().keySet())
                .distinct()
                .forEach(labels ->
                        config.addSubsetSelectors(LbSubsetSelector.newBuilder().addAllKeys(labels)));
        return config.build();
    }

    private static LbPolicy policy(LoadBalancer balancer) {
        return switch (balancer.policy()) {
            case ROUND_ROBIN -> LbPolicy.ROUND_ROBIN;
            case LEAST_REQUEST -> LbPolicy.LEAST_REQUEST;
            case RANDOM -> LbPolicy.RANDOM;
            case RING_HASH -> LbPolicy.RING_HASH;
            case MAGLEV -> LbPolicy.MAGLEV;
        };
    }
}
