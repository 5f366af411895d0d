package io.sallyport.compiler.envoy;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which name the resolver of a listener is asked for, and at which port its address is connected to. Envoy asks as soon
 * as a connection comes, before the rules decide. So a name that the client makes up, below a wildcard, is asked for only
 * where a rule lets the source go there: names are a way out too.
 */
final class Lookups {
    static final String NAME = "envoy.upstream.dynamic_host";
    static final String PORT = "envoy.upstream.dynamic_port";

    private final Collection<Passthrough> passthroughs;
    private final Permits permits;
    private final AddressPolicy policy;

    Lookups(Collection<Passthrough> passthroughs, Permits permits, AddressPolicy policy) {
        this.passthroughs =
                passthroughs.stream().filter(Passthrough::isResolved).toList();
        this.permits = permits;
        this.policy = policy;
    }

    void writeTo(FilterState state) {
        SortedMap<Place, List<HostPattern>> byTheirName = new TreeMap<>();
        for (Passthrough passthrough : passthroughs) {
            Upstream upstream = passthrough.upstream();
            String resolver = Resolver.of(upstream, policy).key();
            if (isAskedByItsName(passthrough)) {
                var place = new Place(resolver, passthrough.endpoint().port());
                byTheirName.computeIfAbsent(place, unseen -> new ArrayList<>()).add(passthrough.host());
            } else if (upstream.resolution() == Resolution.DYNAMIC) {
                whatTheClientAsksFor(state, resolver, passthrough);
            } else {
                oneOfItsNames(state, resolver, passthrough);
            }
        }
        byTheirName.forEach((place, hosts) -> write(
                state,
                place.resolver(),
                CelText.isOneOf(SniTable.HOST, hosts),
                ShardTable.name(),
                CelText.text(place.port())));
    }

    /** Where names are asked for, and the port at their address. */
    private record Place(String resolver, PortNumber port) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::resolver)
                    .thenComparing(Place::port)
                    .compare(this, other);
        }
    }

    private static boolean isAskedByItsName(Passthrough passthrough) {
        Upstream upstream = passthrough.upstream();
        return passthrough.way().lot().isEmpty()
                && upstream.resolution() == Resolution.DNS
                && upstream.endpoints().size() == 1
                && passthrough.endpoint().address().equals(passthrough.host().value());
    }

    private void whatTheClientAsksFor(FilterState state, String resolver, Passthrough passthrough) {
        HostPattern host = passthrough.host();
        permits.writeTo(state, host);
        write(
                state,
                resolver,
                passthrough.condition() + " && " + permits.condition(host),
                ShardTable.name(),
                CelText.text(passthrough.upstream().targetPort()));
    }

    private static void oneOfItsNames(FilterState state, String resolver, Passthrough passthrough) {
        var choice = new EndpointChoice(passthrough.upstream().endpoints());
        write(
                state,
                resolver,
                passthrough.condition(),
                choice.of(UpstreamEndpoint::address),
                choice.of(UpstreamEndpoint::port));
    }

    private static void write(FilterState state, String resolver, String condition, String name, String port) {
        state.text(Resolver.stateOf(resolver), CelText.where(condition, name));
        state.known(PORT, CelText.where(condition, port));
    }
}
