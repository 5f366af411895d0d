package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.Enforceability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What security policies ask of the traffic of one gateway. Policies of one target count by their names. */
final class PolicyTable {
    private static final int DIGITS = 16;
    private static final String NONE = "";

    private final Map<ResourceName, List<Layer>> ofDestinations = new HashMap<>();
    private final Map<Name, List<Layer>> ofListeners = new HashMap<>();
    private final SortedMap<String, EffectivePolicy> byId = new TreeMap<>();
    private final Map<List<Layer>, String> ids = new HashMap<>();

    PolicyTable(DesiredState state, Resource<EgressGateway> gateway) {
        List<Resource<SecurityPolicy>> policies = state.securityPolicies().stream()
                .filter(policy -> !policy.spec().traffic().asksNothing())
                .toList();
        policies.forEach(policy -> CaBundles.destinations(policy)
                .forEach(name -> ofDestinations
                        .computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(layer(policy))));
        List<Resource<SecurityPolicy>> own = policies.stream()
                .filter(policy -> policy.namespace().equals(gateway.namespace()))
                .toList();
        Name name = gateway.name().name();
        gateway.spec().listeners().forEach(listener -> ofListeners.put(listener.name(), layers(own, name, listener)));
    }

    private static List<Layer> layers(List<Resource<SecurityPolicy>> policies, Name gateway, Listener listener) {
        Predicate<PolicyTarget> attached = target -> target.includes(gateway, listener.name());
        Predicate<PolicyTarget> closer =
                attached.and(target -> !target.sectionName().isEmpty());
        return Stream.concat(
                        with(policies, closer),
                        with(
                                policies,
                                attached.and(target -> target.sectionName().isEmpty())))
                .distinct()
                .toList();
    }

    private static Stream<Layer> with(List<Resource<SecurityPolicy>> policies, Predicate<PolicyTarget> wanted) {
        return policies.stream()
                .filter(policy -> policy.spec().targets().stream().anyMatch(wanted))
                .map(PolicyTable::layer);
    }

    private static Layer layer(Resource<SecurityPolicy> policy) {
        return new Layer(policy.name(), policy.spec().traffic());
    }

    /** All that were asked for so far, by id. */
    List<EffectivePolicy> policies() {
        return List.copyOf(byId.values());
    }

    /** The id of what is asked at a listener; empty where nothing is. */
    String ofListener(Listener listener) {
        return id(layersOf(listener));
    }

    /** The id of what is asked at a listener of traffic to a destination; empty where it is what the listener asks. */
    String ofDestination(Listener listener, ResourceName destination) {
        List<Layer> own = ofDestinations.getOrDefault(destination, List.of());
        return own.isEmpty()
                ? NONE
                : id(Stream.concat(own.stream(), layersOf(listener).stream())
                        .distinct()
                        .toList());
    }

    /** On what a listener can enforce what policies ask of a port of a destination. */
    Enforceability enforceability(Listener listener, ResourceName destination, DestinationPort port) {
        return new PolicyNeeds(ofDestinations.getOrDefault(destination, List.of()), layersOf(listener))
                .enforceability(listener, port);
    }

    private List<Layer> layersOf(Listener listener) {
        return ofListeners.getOrDefault(listener.name(), List.of());
    }

    private String id(List<Layer> layers) {
        if (layers.isEmpty()) {
            return NONE;
        }
        String id = ids.computeIfAbsent(layers, PolicyTable::digest);
        byId.putIfAbsent(id, new EffectivePolicy(id, layers));
        return id;
    }

    private static String digest(List<Layer> layers) {
        var hash = new ContentHash();
        return hash.list(layers, layer -> PolicyEncoding.encode(hash, layer)).hex(DIGITS);
    }
}
