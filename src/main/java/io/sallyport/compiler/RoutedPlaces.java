package io.sallyport.compiler;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Which rules, beside those about a host itself, decide where its routes may lead. */
record RoutedPlaces(Admission admission, GatewayRoutes routes) {

    /** The destinations that such rules are about; none where no route leads anywhere else. */
    Collection<ResourceName> spokenOfAt(ListenerCompilation listener, HostPattern entry) {
        if (routes.isEmpty()) {
            return Set.of();
        }
        ListenerHosts hosts = listener.hosts();
        Set<ResourceName> spokenOf = new LinkedHashSet<>();
        ResourceName owner = hosts.owner(entry).name();
        Stream<ResourceName> itself = routes.rewrites(listener.listener(), owner) ? Stream.of(owner) : Stream.of();
        Stream.concat(routes.ledTo(listener.listener(), owner), itself).forEach(destination -> {
            spokenOf.add(destination);
            admission.destination(destination).stream()
                    .flatMap(known -> admission.hosts(known).stream())
                    .flatMap(host -> hosts.known().covering(host).stream())
                    .flatMap(pattern -> hosts.known().claims(pattern).stream())
                    .forEach(known -> spokenOf.add(known.name()));
        });
        return spokenOf;
    }
}
