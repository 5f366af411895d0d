package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.SourceClasses;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A state, and what its gateways make of it. What is asked for once is kept, so it is not for several threads. */
final class Model {
    private final DesiredState state;
    private final SourceClasses sources;
    private final List<Index> gateways;
    private final Map<Place.At, Owners> owners = new HashMap<>();

    private Model(DesiredState state, List<Index> gateways) {
        this.state = state;
        this.sources = new SourceClasses(state);
        this.gateways = gateways;
    }

    static Model of(DesiredState state, Collection<Index> gateways) {
        return new Model(state, List.copyOf(gateways));
    }

    /** The state after it, in which no other gateways than those can run anything else. */
    Model with(DesiredState after, Set<ResourceName> touched, Function<ResourceName, Index> compile) {
        Map<ResourceName, Index> known = gateways.stream()
                .collect(Collectors.toMap(index -> index.snapshot().gateway(), Function.identity()));
        return new Model(
                after,
                after.gateways().stream()
                        .map(Resource::name)
                        .map(name -> Optional.ofNullable(touched.contains(name) ? null : known.get(name))
                                .orElseGet(() -> compile.apply(name)))
                        .toList());
    }

    List<Index> gateways() {
        return gateways;
    }

    Meant meant(Guardrail guardrail) {
        return new Meant(
                meaning(guardrail.flows()),
                guardrail.except().stream().map(this::meaning).toList());
    }

    private Meaning meaning(FlowPattern pattern) {
        return Meaning.of(pattern, state, sources);
    }

    /** Where those hosts may be asked for by flows that are meant. */
    Stream<Place> places(Meaning flows, Concerned concerned) {
        return gateways.stream()
                .flatMap(index -> index.snapshot().listeners().stream()
                        .flatMap(listener ->
                                concerned.of(index, listener).flatMap(entry -> Place.all(index, listener, entry)))
                        .filter(place -> flows.mayMean(place, () -> hostsOf(place))));
    }

    /** Where a flow goes through; nowhere where there is no such port any more. */
    Optional<Place> place(Flow flow) {
        return gateways.stream()
                .filter(index -> index.snapshot().gateway().equals(flow.gateway()))
                .flatMap(index -> index.snapshot().listeners().stream()
                        .filter(listener -> listener.listener().equals(flow.listener()))
                        .flatMap(listener -> owners(index, listener).of(flow.host()).stream()
                                .flatMap(entry -> Place.all(index, listener, entry))))
                .filter(place -> place.port().number().equals(flow.port()))
                .filter(place -> !place.asksForNoHost() || hostsOf(place).contains(flow.host()))
                .findFirst();
    }

    /** One host of every sort that can be asked for there. */
    List<HostPattern> hosts(Place place, Collection<HostPattern> asked) {
        if (place.asksForNoHost()) {
            return hostsOf(place);
        }
        HostPattern host = place.entry().host();
        return host.isWildcard() ? new Hosts(asked, owners(place.index(), place.listener())).of(host) : List.of(host);
    }

    private Owners owners(Index index, ListenerSnapshot listener) {
        return owners.computeIfAbsent(Place.At.of(index, listener), ignored -> Owners.of(listener));
    }

    private List<HostPattern> hostsOf(Place place) {
        List<HostPattern> hosts = state.destination(place.entry().destination()).stream()
                .flatMap(found -> found.spec().hosts().stream())
                .toList();
        return hosts.isEmpty() ? List.of(HostPattern.EVERYTHING) : hosts;
    }
}
