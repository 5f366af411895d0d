package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.AuthorizationClause;
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
    private final Map<Name, Distances> ofListeners = new HashMap<>();
    private final SortedMap<String, EffectivePolicy> byId = new TreeMap<>();
    private final Map<Place, String> ids = new HashMap<>();
    private final Map<Place, ListenerView> views = new HashMap<>();
    private final Map<Place, PolicyNeeds> needs = new HashMap<>();
    private final DesiredState state;
    private final SourceTable sources;
    private final PolicyServices services;

    PolicyTable(Admission admission, SourceTable sources, PolicyServices services) {
        this.sources = sources;
        this.services = services;
        this.state = admission.state();
        Resource<EgressGateway> gateway = admission.gateway();
        List<Resource<SecurityPolicy>> policies = state.securityPolicies().stream()
                .filter(policy -> !policy.spec().traffic().asksNothing())
                .toList();
        policies.forEach(policy -> DestinationPolicies.destinations(policy)
                .forEach(name -> ofDestinations
                        .computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(layer(policy))));
        List<Resource<SecurityPolicy>> own = policies.stream()
                .filter(policy -> policy.namespace().equals(gateway.namespace()))
                .toList();
        Name name = gateway.name().name();
        gateway.spec()
                .listeners()
                .forEach(listener -> ofListeners.put(listener.name(), distances(own, name, listener)));
    }

    private static Distances distances(List<Resource<SecurityPolicy>> policies, Name gateway, Listener listener) {
        Predicate<PolicyTarget> attached = target -> target.includes(gateway, listener.name());
        return new Distances(
                with(policies, attached.and(target -> !target.sectionName().isEmpty())),
                with(policies, attached.and(target -> target.sectionName().isEmpty())));
    }

    private static List<Layer> with(List<Resource<SecurityPolicy>> policies, Predicate<PolicyTarget> wanted) {
        return policies.stream()
                .filter(policy -> policy.spec().targets().stream().anyMatch(wanted))
                .map(PolicyTable::layer)
                .toList();
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
        return ids.computeIfAbsent(new Place(listener.name(), List.of()), ignored -> id(listener, List.of()));
    }

    /** The id of what is asked at a listener of traffic to a destination; empty where it is what the listener asks. */
    String ofDestination(Listener listener, ResourceName destination) {
        return isOfItsOwn(destination)
                ? ids.computeIfAbsent(
                        new Place(listener.name(), List.of(destination)),
                        ignored -> id(listener, layersOf(destination)))
                : NONE;
    }

    /** Which identities of those who ask for a destination a listener can see. */
    ListenerView view(Listener listener, ResourceName destination) {
        return views.computeIfAbsent(place(listener, destination), ignored -> view(listener, layersOf(destination)));
    }

    private ListenerView view(Listener listener, List<Layer> ofDestination) {
        return ListenerView.of(
                listener,
                authentication(listener, ofDestination).stream()
                        .flatMap(one -> one.jwt().stream())
                        .toList());
    }

    /** On what a listener can enforce what policies ask of a port of a destination. */
    Enforceability enforceability(Listener listener, ResourceName destination, DestinationPort port) {
        PolicyNeeds asked = needs.computeIfAbsent(
                place(listener, destination),
                ignored -> PolicyNeeds.of(
                        layersOf(destination),
                        layersOf(listener),
                        Authentications.closest(byDistance(listener, layersOf(destination))),
                        new UnreadAuthorization(state, listener, view(listener, destination))));
        return asked.enforceability(listener, port.protocol());
    }

    /** The same for any destination without policies of its own. */
    Enforceability enforceability(Listener listener, DestinationPort.Protocol protocol) {
        return PolicyNeeds.of(
                        List.of(),
                        layersOf(listener),
                        Authentications.closest(byDistance(listener, List.of())),
                        new UnreadAuthorization(state, listener, view(listener, List.of())))
                .enforceability(listener, protocol);
    }

    private Place place(Listener listener, ResourceName destination) {
        return new Place(listener.name(), isOfItsOwn(destination) ? List.of(destination) : List.of());
    }

    private boolean isOfItsOwn(ResourceName destination) {
        return ofDestinations.containsKey(destination);
    }

    private List<Layer> layersOf(ResourceName destination) {
        return ofDestinations.getOrDefault(destination, List.of());
    }

    /** Whether what decides who and what may pass to one destination is asked of traffic to the other, too. */
    boolean asksNoMore(ResourceName destination, ResourceName other) {
        List<Layer> held = layersOf(other);
        return layersOf(destination).stream()
                .filter(layer -> decides(layer.traffic()))
                .allMatch(held::contains);
    }

    private static boolean decides(TrafficPolicy traffic) {
        return !(traffic.authentication().isEmpty()
                && traffic.authorization().isEmpty()
                && traffic.externalAuthorization().isEmpty()
                && traffic.rateLimit().isEmpty()
                && traffic.requestLimits().isEmpty());
    }

    private List<Layer> layersOf(Listener listener) {
        Distances distances = distances(listener);
        return Stream.concat(distances.ofListener().stream(), distances.ofGateway().stream())
                .distinct()
                .toList();
    }

    private Distances distances(Listener listener) {
        return ofListeners.getOrDefault(listener.name(), Distances.EMPTY);
    }

    private List<Authentication> authentication(Listener listener, List<Layer> ofDestination) {
        return Authentications.of(listener, byDistance(listener, ofDestination));
    }

    private List<List<Layer>> byDistance(Listener listener, List<Layer> ofDestination) {
        Distances distances = distances(listener);
        return List.of(ofDestination, distances.ofListener(), distances.ofGateway());
    }

    private String id(Listener listener, List<Layer> ofDestination) {
        List<Layer> layers = Stream.concat(ofDestination.stream(), layersOf(listener).stream())
                .distinct()
                .toList();
        if (layers.isEmpty()) {
            return NONE;
        }
        ListenerView view = view(listener, ofDestination);
        List<AuthorizationClause> clauses = layers.stream()
                .flatMap(layer -> layer.traffic().authorization().stream()
                        .map(rule -> new AuthorizationClause(layer.policy(), rule, sources.sources(rule, view))))
                .toList();
        var policy = identified(new EffectivePolicy(
                NONE, layers, authentication(listener, ofDestination), clauses, services.of(layers)));
        byId.putIfAbsent(policy.id(), policy);
        return policy.id();
    }

    private static EffectivePolicy identified(EffectivePolicy policy) {
        var hash = new ContentHash();
        hash.list(policy.layers(), layer -> PolicyEncoding.encode(hash, layer))
                .list(policy.authentication(), one -> PolicyEncoding.encode(hash, one))
                .list(policy.authorization(), clause -> PolicyEncoding.encode(hash, clause))
                .list(policy.services(), service -> PolicyEncoding.encode(hash, service));
        return new EffectivePolicy(
                hash.hex(DIGITS), policy.layers(), policy.authentication(), policy.authorization(), policy.services());
    }

    /** Traffic at a listener, to a destination with policies of its own where one is named. */
    private record Place(Name listener, List<ResourceName> destination) {}

    /** What is asked at a listener, by how far away it is said. */
    private record Distances(List<Layer> ofListener, List<Layer> ofGateway) {
        static final Distances EMPTY = new Distances(List.of(), List.of());
    }
}
