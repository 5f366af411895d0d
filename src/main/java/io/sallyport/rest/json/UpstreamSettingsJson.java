package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.Cidr;
import java.util.List;
import java.util.Optional;

/** How a destination is found and connected to, in JSON: fields of its spec beside the others. */
final class UpstreamSettingsJson {
    static final List<String> FIELDS =
            List.of("dns", "connection", "outlierDetection", "healthCheck", "loadBalancer", "addressGuard");

    private UpstreamSettingsJson() {}

    static Optional<UpstreamSettings> read(Fields spec) {
        Optional<DnsSettings> dns = spec.optional("dns", DnsSettingsJson::read);
        Optional<Connection> connection = spec.optional("connection", ConnectionJson::read);
        Optional<OutlierDetection> outliers = spec.optional("outlierDetection", OutlierDetectionJson::read);
        Optional<HealthCheck> healthCheck = spec.optional("healthCheck", HealthCheckJson::read);
        Optional<LoadBalancer> loadBalancer = spec.optional("loadBalancer", LoadBalancerJson::read);
        Optional<List<Cidr>> guard = spec.optional("addressGuard", UpstreamSettingsJson::readGuard);
        return Optional.of(new UpstreamSettings(
                dns.orElse(DnsSettings.DEFAULT),
                connection.orElse(Connection.DEFAULT),
                outliers.stream().toList(),
                healthCheck.stream().toList(),
                loadBalancer.orElse(LoadBalancer.DEFAULT),
                guard.orElse(List.of())));
    }

    private static Optional<List<Cidr>> readGuard(Place place) {
        Fields fields = place.fields("deny");
        List<Cidr> deny = fields.requiredList("deny", item -> item.parsed(Cidr::parse));
        return fields.build(() -> deny);
    }

    /** Writes what is not the default. */
    static void write(ObjectNode spec, UpstreamSettings settings) {
        if (!settings.dns().equals(DnsSettings.DEFAULT)) {
            spec.set("dns", DnsSettingsJson.write(settings.dns()));
        }
        if (!settings.connection().equals(Connection.DEFAULT)) {
            spec.set("connection", ConnectionJson.write(settings.connection()));
        }
        settings.outlierDetection().forEach(one -> spec.set("outlierDetection", OutlierDetectionJson.write(one)));
        settings.healthCheck().forEach(one -> spec.set("healthCheck", HealthCheckJson.write(one)));
        if (!settings.loadBalancer().equals(LoadBalancer.DEFAULT)) {
            spec.set("loadBalancer", LoadBalancerJson.write(settings.loadBalancer()));
        }
        if (!settings.addressGuard().isEmpty()) {
            Tree.texts(spec.putObject("addressGuard"), "deny", settings.addressGuard());
        }
    }
}
