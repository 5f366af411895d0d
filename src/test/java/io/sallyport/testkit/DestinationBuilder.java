package io.sallyport.testkit;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Delegate;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code aDestination("shop/billing").hosts("billing.example").port(443, Protocol.HTTPS)}: resolved by DNS. */
public final class DestinationBuilder extends ResourceBuilder<Destination> {
    private final List<DestinationPort> ports = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Delegate> delegates = new ArrayList<>();
    private List<HostPattern> hosts = List.of();
    private List<Name> visibility = List.of();
    private Resolution resolution = Resolution.DNS;
    private final List<Subset> subsets = new ArrayList<>();
    private List<Cidr> addresses = List.of();
    private DnsSettings dns = DnsSettings.DEFAULT;
    private Connection connection = Connection.DEFAULT;
    private List<OutlierDetection> outlierDetection = List.of();
    private List<HealthCheck> healthCheck = List.of();
    private LoadBalancer loadBalancer = LoadBalancer.DEFAULT;
    private List<Cidr> addressGuard = List.of();

    private DestinationBuilder(String name) {
        super(name);
    }

    public static DestinationBuilder aDestination(String name) {
        return new DestinationBuilder(name);
    }

    public DestinationBuilder hosts(String... patterns) {
        hosts = each(HostPattern::new, patterns);
        return this;
    }

    public DestinationBuilder port(int number, Protocol protocol) {
        return port(number, protocol, number);
    }

    public DestinationBuilder port(int number, Protocol protocol, int target) {
        ports.add(new DestinationPort(new PortNumber(number), protocol, new PortNumber(target)));
        return this;
    }

    public DestinationBuilder at(String... addresses) {
        for (String address : addresses) {
            endpoints.add(new Endpoint(address, List.of(), 1, "", Metadata.noLabels()));
        }
        return this;
    }

    public DestinationBuilder at(String address, int port) {
        endpoints.add(new Endpoint(address, List.of(new PortNumber(port)), 1, "", Metadata.noLabels()));
        return this;
    }

    /** One endpoint with all that can be said of it; labels as key, value, key, value. */
    public DestinationBuilder at(String address, int port, int weight, String locality, String... labels) {
        endpoints.add(new Endpoint(address, List.of(new PortNumber(port)), weight, locality, labels(labels)));
        return this;
    }

    /** Ranges that it owns where a listener learns the address that is asked for. */
    public DestinationBuilder addresses(String... ranges) {
        addresses = each(Cidr::parse, ranges);
        return this;
    }

    public DestinationBuilder dynamically() {
        resolution = Resolution.DYNAMIC;
        return this;
    }

    public DestinationBuilder asAsked() {
        resolution = Resolution.ORIGINAL;
        return this;
    }

    public DestinationBuilder dns(Duration refreshRate, boolean respectTtl, DnsSettings.Family family) {
        dns = new DnsSettings(refreshRate, respectTtl, family);
        return this;
    }

    /** Labels as key, value, key, value. */
    public DestinationBuilder subset(String name, String... labels) {
        subsets.add(new Subset(new Name(name), labels(labels)));
        return this;
    }

    public DestinationBuilder connection(Connection newConnection) {
        connection = newConnection;
        return this;
    }

    public DestinationBuilder ejectingOutliers(OutlierDetection detection) {
        outlierDetection = List.of(detection);
        return this;
    }

    public DestinationBuilder checkedBy(HealthCheck check) {
        healthCheck = List.of(check);
        return this;
    }

    public DestinationBuilder balancedBy(Policy policy) {
        loadBalancer = new LoadBalancer(policy, List.of(), loadBalancer.localities());
        return this;
    }

    public DestinationBuilder balancedBy(Policy policy, String hashHeader) {
        loadBalancer = new LoadBalancer(policy, List.of(hashHeader), loadBalancer.localities());
        return this;
    }

    /** In order of preference. */
    public DestinationBuilder localities(String... names) {
        loadBalancer = new LoadBalancer(loadBalancer.policy(), loadBalancer.hashHeader(), List.of(names));
        return this;
    }

    public DestinationBuilder neverAt(String... ranges) {
        addressGuard = each(Cidr::parse, ranges);
        return this;
    }

    public DestinationBuilder labelled(String key, String value) {
        label(key, value);
        return this;
    }

    public DestinationBuilder statically() {
        resolution = Resolution.STATIC;
        return this;
    }

    public DestinationBuilder visibleTo(String... namespaces) {
        visibility = names(namespaces);
        return this;
    }

    public DestinationBuilder delegating(String host, String namespace) {
        delegates.add(new Delegate(new HostPattern(host), new Name(namespace)));
        return this;
    }

    @Override
    protected Destination spec() {
        return new Destination(
                hosts,
                addresses,
                ports,
                resolution,
                endpoints,
                subsets,
                new UpstreamSettings(dns, connection, outlierDetection, healthCheck, loadBalancer, addressGuard),
                visibility,
                delegates);
    }
}
