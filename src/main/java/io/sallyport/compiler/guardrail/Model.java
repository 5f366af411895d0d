package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.SourceClasses;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A state, and what its gateways make of it. */
record Model(DesiredState state, SourceClasses sources, List<Index> gateways) {

    static Model of(DesiredState state, Collection<Index> gateways) {
        return new Model(state, new SourceClasses(state), List.copyOf(gateways));
    }

    /** The state after it, in which no other gateways than those can run anything else. */
    Model with(DesiredState after, Set<ResourceName> touched, Function<ResourceName, Index> compile) {
        Map<ResourceName, Index> known = gateways.stream()
                .collect(Collectors.toMap(index -> index.snapshot().gateway(), Function.identity()));
        return new Model(
                after,
                new SourceClasses(after),
                after.gateways().stream()
                        .map(Resource::name)
                        .map(name -> Optional.ofNullable(touched.contains(name) ? null : known.get(name))
                                .orElseGet(() -> compile.apply(name)))
                        .toList());
    }

    Meaning meaning(FlowPattern pattern) {
        return Meaning.of(pattern, state, sources);
    }

    List<Meaning> exceptions(Guardrail guardrail) {
        return guardrail.except().stream().map(this::meaning).toList();
    }

    /** The passages of those hosts through which flows go that may be meant. */
    Stream<Passage> passages(Meaning flows, Concerned concerned, UnaryOperator<EffectivePolicy> judged) {
        return gateways.stream()
                .flatMap(index -> index.snapshot().listeners().stream()
                        .flatMap(listener -> concerned
                                .of(index, listener)
                                .flatMap(entry -> entry.ports().stream()
                                        .map(port -> Passage.of(index, listener, entry, port, judged)))
                                .filter(passage -> flows.mayMean(passage, hostsOf(passage)))));
    }

    /** The passage that a flow goes through; none where there is no such port any more. */
    Optional<Passage> passage(Flow flow, UnaryOperator<EffectivePolicy> judged) {
        return gateways.stream()
                .filter(index -> index.snapshot().gateway().equals(flow.gateway()))
                .flatMap(index -> index.snapshot().listeners().stream()
                        .filter(listener -> listener.listener().equals(flow.listener()))
                        .flatMap(listener -> entry(listener, flow).stream()
                                .flatMap(entry -> entry.ports().stream()
                                        .filter(port -> port.number().equals(flow.port()))
                                        .map(port -> Passage.of(index, listener, entry, port, judged)))))
                .findFirst();
    }

    private static Optional<HostEntry> entry(ListenerSnapshot listener, Flow flow) {
        return listener.hosts().stream()
                .filter(entry -> entry.host().covers(flow.host()))
                .reduce((one, other) -> one.host().isMoreSpecificThan(other.host()) ? one : other);
    }

    /** One host of every sort that can be asked for there. */
    List<HostPattern> hosts(Passage passage, Collection<HostPattern> asked) {
        if (passage.asksForNoHost()) {
            return hostsOf(passage);
        }
        HostPattern host = passage.entry().host();
        return host.isWildcard() ? new Hosts(asked, known(passage)).of(host) : List.of(host);
    }

    private List<HostPattern> known(Passage passage) {
        return gateways.stream()
                .filter(index ->
                        index.snapshot().gateway().equals(passage.snapshot().gateway()))
                .flatMap(index -> index.snapshot().listeners().stream())
                .filter(listener ->
                        listener.listener().equals(passage.listener().listener()))
                .flatMap(listener -> listener.hosts().stream())
                .map(HostEntry::host)
                .toList();
    }

    private List<HostPattern> hostsOf(Passage passage) {
        ResourceName owner = passage.entry().destination();
        List<HostPattern> hosts = state.destination(owner).stream()
                .flatMap(found -> found.spec().hosts().stream())
                .toList();
        return hosts.isEmpty() ? List.of(HostPattern.EVERYTHING) : hosts;
    }
}
