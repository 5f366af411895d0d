package io.sallyport.domain.destination;

import io.sallyport.domain.network.Cidr;
import java.util.List;

/**
 * How a destination is found and connected to, once a rule leads there.
 *
 * @param outlierDetection at most one; none without
 * @param healthCheck at most one; none without
 * @param addressGuard addresses that this destination is never found at, besides those that the gateway denies
 */
public record UpstreamSettings(
        DnsSettings dns,
        Connection connection,
        List<OutlierDetection> outlierDetection,
        List<HealthCheck> healthCheck,
        LoadBalancer loadBalancer,
        List<Cidr> addressGuard) {
    public static final UpstreamSettings DEFAULT = new UpstreamSettings(
            DnsSettings.DEFAULT, Connection.DEFAULT, List.of(), List.of(), LoadBalancer.DEFAULT, List.of());

    public UpstreamSettings {
        outlierDetection = List.copyOf(outlierDetection);
        healthCheck = List.copyOf(healthCheck);
        addressGuard = List.copyOf(addressGuard);
        if (outlierDetection.size() > 1 || healthCheck.size() > 1) {
            throw new IllegalArgumentException("a destination has at most one outlierDetection and one healthCheck");
        }
    }
}
