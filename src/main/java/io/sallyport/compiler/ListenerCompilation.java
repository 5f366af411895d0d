package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** The hosts of one listener, and which of them a rule on a destination can be about. */
final class ListenerCompilation {
    private final Listener listener;
    private final List<JwtProvider> jwt;
    private final ListenerHosts hosts;
    private final List<HostEntry> entries = new ArrayList<>();
    private final Map<ResourceName, List<Integer>> places = new HashMap<>();
    private final Set<Integer> routedPlaces = new TreeSet<>();

    /** The entries are to come, by {@link #compileAll}. */
    private ListenerCompilation(Listener listener, List<JwtProvider> jwt, ListenerHosts hosts, RoutedPlaces routed) {
        this.listener = listener;
        this.jwt = jwt;
        this.hosts = hosts;
        for (int place = 0; place < hosts.entries().size(); place++) {
            for (ResourceName destination :
                    Speakers.of(hosts, hosts.entries().get(place)).wholly().keySet()) {
                places.computeIfAbsent(destination, ignored -> new ArrayList<>())
                        .add(place);
            }
            for (ResourceName destination :
                    routed.spokenOfAt(this, hosts.entries().get(place))) {
                places.computeIfAbsent(destination, ignored -> new ArrayList<>())
                        .add(place);
                routedPlaces.add(place);
            }
        }
    }

    /** Those of a gateway, in its order. */
    static List<ListenerCompilation> all(Admission admission, GatewayRoutes routes) {
        Resource<EgressGateway> gateway = admission.gateway();
        List<Listener> listeners = gateway.spec().listeners();
        KnownHosts names = KnownHosts.byName(admission);
        KnownHosts addresses = listeners.stream().anyMatch(ListenerHosts::learnsAddresses)
                ? KnownHosts.byNameAndAddress(admission)
                : names;
        return listeners.stream()
                .map(listener -> new ListenerCompilation(
                        listener,
                        JwtProviders.of(admission.state(), gateway, listener),
                        ListenerHosts.of(listener, admission, routes, names, addresses),
                        new RoutedPlaces(admission, routes)))
                .toList();
    }

    Listener listener() {
        return listener;
    }

    ListenerHosts hosts() {
        return hosts;
    }

    void compileAll(Function<HostPattern, HostEntry> compile) {
        hosts.entries().forEach(host -> entries.add(compile.apply(host)));
    }

    /** Compiles nothing but the hosts that routes lead somewhere else, to see where that is. */
    void compileRouted(Consumer<HostPattern> compile) {
        routedPlaces.forEach(place -> compile.accept(hosts.entries().get(place)));
    }

    /** Compiles again what rules on these destinations can be about, and if need be all that is led somewhere else. */
    void recompile(Collection<ResourceName> destinations, boolean withRouted, Function<HostEntry, HostEntry> compile) {
        var concerned = new TreeSet<Integer>(withRouted ? routedPlaces : Set.of());
        destinations.forEach(destination -> concerned.addAll(places.getOrDefault(destination, List.of())));
        concerned.forEach(place -> entries.set(place, compile.apply(entries.get(place))));
    }

    ListenerSnapshot snapshot(PolicyTable policies) {
        return new ListenerSnapshot(listener, entries, jwt, policies.ofListener(listener));
    }
}
