package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.stream.Stream;

/** The hosts that can be asked of a listener: each entry stands for itself. */
record AskedHosts(List<HostPattern> entries, KnownHosts known) implements ListenerHosts {
    AskedHosts(Listener listener, GatewayRoutes routes, KnownHosts known) {
        this(
                Stream.concat(known.servedBy(listener).stream(), toldApart(listener, routes, known))
                        .distinct()
                        .sorted()
                        .toList(),
                known);
    }

    // Hosts that only routes name are their owner's like all others below its wildcard.
    private static Stream<HostPattern> toldApart(Listener listener, GatewayRoutes routes, KnownHosts known) {
        Stream<HostPattern> ofDestinations = routes.destinations().stream()
                .flatMap(destination -> routes.hostsOfDestination(destination)
                        .filter(host -> known.owner(host)
                                .filter(owner -> owner.name().equals(destination))
                                .isPresent()));
        return Stream.concat(ofDestinations, routes.hostsOfGateway(listener))
                .filter(listener::serves)
                .filter(host -> known.owner(host).isPresent());
    }

    @Override
    public Resource<Destination> owner(HostPattern entry) {
        return known.owner(entry).orElseThrow();
    }

    @Override
    public List<HostPattern> hosts(HostPattern entry) {
        return List.of(entry);
    }
}
