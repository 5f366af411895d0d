package io.sallyport.testkit;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Delegate;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
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
                List.of(),
                ports,
                resolution,
                endpoints,
                List.of(),
                UpstreamSettings.DEFAULT,
                visibility,
                delegates);
    }
}
