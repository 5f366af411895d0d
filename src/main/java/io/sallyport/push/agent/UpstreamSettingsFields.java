package io.sallyport.push.agent;

import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.Cidr;
import io.sallyport.push.agent.v1.AgentProtocol;

/** How an upstream is found, connected to and looked after. */
final class UpstreamSettingsFields {
    private UpstreamSettingsFields() {}

    static void write(UpstreamSettings settings, AgentProtocol.Upstream.Builder body) {
        body.setDns(dns(settings.dns()))
                .setConnection(connection(settings.connection()))
                .setLoadBalancer(loadBalancer(settings.loadBalancer()))
                .addAllAddressGuard(
                        settings.addressGuard().stream().map(Cidr::toString).toList());
        settings.outlierDetection().forEach(detection -> body.setOutlierDetection(outlierDetection(detection)));
        settings.healthCheck().forEach(check -> body.setHealthCheck(healthCheck(check)));
    }

    private static AgentProtocol.Dns dns(DnsSettings dns) {
        return AgentProtocol.Dns.newBuilder()
                .setRefreshRate(Times.of(dns.refreshRate()))
                .setRespectTtl(dns.respectTtl())
                .setFamily(family(dns.family()))
                .build();
    }

    private static AgentProtocol.Dns.Family family(DnsSettings.Family family) {
        return switch (family) {
            case V4_PREFERRED -> AgentProtocol.Dns.Family.FAMILY_V4_PREFERRED;
            case V4_ONLY -> AgentProtocol.Dns.Family.FAMILY_V4_ONLY;
            case V6_ONLY -> AgentProtocol.Dns.Family.FAMILY_V6_ONLY;
            case ALL -> AgentProtocol.Dns.Family.FAMILY_ALL;
        };
    }

    private static AgentProtocol.Connection connection(Connection connection) {
        AgentProtocol.Connection.Builder body = AgentProtocol.Connection.newBuilder()
                .setConnectTimeout(Times.of(connection.connectTimeout()))
                .setMaxConnections(connection.maxConnections())
                .setMaxPendingRequests(connection.maxPendingRequests())
                .setMaxRequests(connection.maxRequests())
                .setMaxRetries(connection.maxRetries())
                .setMaxConcurrentStreams(connection.maxConcurrentStreams())
                .setIdleTimeout(Times.of(connection.idleTimeout()));
        connection.keepAlive().forEach(keepAlive -> body.setKeepAlive(keepAlive(keepAlive)));
        return body.build();
    }

    private static AgentProtocol.Connection.KeepAlive keepAlive(Connection.KeepAlive keepAlive) {
        return AgentProtocol.Connection.KeepAlive.newBuilder()
                .setTime(Times.of(keepAlive.time()))
                .setInterval(Times.of(keepAlive.interval()))
                .setProbes(keepAlive.probes())
                .build();
    }

    private static AgentProtocol.OutlierDetection outlierDetection(OutlierDetection detection) {
        return AgentProtocol.OutlierDetection.newBuilder()
                .setConsecutiveErrors(detection.consecutiveErrors())
                .setInterval(Times.of(detection.interval()))
                .setBaseEjectionTime(Times.of(detection.baseEjectionTime()))
                .setMaxEjectionPercent(detection.maxEjectionPercent())
                .build();
    }

    private static AgentProtocol.HealthCheck healthCheck(HealthCheck check) {
        return AgentProtocol.HealthCheck.newBuilder()
                .setKind(kind(check.kind()))
                .setPath(check.path())
                .setInterval(Times.of(check.interval()))
                .setTimeout(Times.of(check.timeout()))
                .setHealthyThreshold(check.healthyThreshold())
                .setUnhealthyThreshold(check.unhealthyThreshold())
                .build();
    }

    private static AgentProtocol.HealthCheck.Kind kind(HealthCheck.Kind kind) {
        return switch (kind) {
            case HTTP -> AgentProtocol.HealthCheck.Kind.KIND_HTTP;
            case TCP -> AgentProtocol.HealthCheck.Kind.KIND_TCP;
            case GRPC -> AgentProtocol.HealthCheck.Kind.KIND_GRPC;
        };
    }

    private static AgentProtocol.LoadBalancer loadBalancer(LoadBalancer loadBalancer) {
        AgentProtocol.LoadBalancer.Builder body = AgentProtocol.LoadBalancer.newBuilder()
                .setPolicy(policy(loadBalancer.policy()))
                .addAllLocalities(loadBalancer.localities());
        loadBalancer.hashHeader().forEach(body::setHashHeader);
        return body.build();
    }

    private static AgentProtocol.LoadBalancer.Policy policy(LoadBalancer.Policy policy) {
        return switch (policy) {
            case ROUND_ROBIN -> AgentProtocol.LoadBalancer.Policy.POLICY_ROUND_ROBIN;
            case LEAST_REQUEST -> AgentProtocol.LoadBalancer.Policy.POLICY_LEAST_REQUEST;
            case RANDOM -> AgentProtocol.LoadBalancer.Policy.POLICY_RANDOM;
            case RING_HASH -> AgentProtocol.LoadBalancer.Policy.POLICY_RING_HASH;
            case MAGLEV -> AgentProtocol.LoadBalancer.Policy.POLICY_MAGLEV;
        };
    }
}
