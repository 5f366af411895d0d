package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of one gateway. Made whole from a state; afterwards it can follow states that differ in rules and workloads
 * alone, at the cost of the hosts that those rules are about, or of the classes that those workloads may be in. Not for
 * several threads.
 */
final class GatewayCompilation {
    private final Admission admission;
    private final GatewayRules rules;
    private final SourceTable sources;
    private final UpstreamTable upstreams;
    private final PolicyTable policies;
    private final RouteLists routes;
    private final List<ListenerCompilation> listeners;
    private final SnapshotHash hash = new SnapshotHash();
    private final Map<Name, SortedMap<HostPattern, Set<RouteEscape>>> escapes = new HashMap<>();
    // At most one.
    private List<SecretsOf> secretsOf = List.of();
    private DesiredState state;

    private GatewayCompilation(Admission admission) {
        this.admission = admission;
        state = admission.state();
        rules = new GatewayRules(admission);
        sources = new SourceTable(new SourceMeaning(state));
        upstreams = new UpstreamTable(admission);
        policies = new PolicyTable(admission, sources, new PolicyServices(admission, upstreams));
        GatewayRoutes attached = new GatewayRoutes(admission);
        routes = new RouteLists(
                admission, attached, upstreams, new RouteGates(admission, rules, sources, policies), this::tell);
        listeners = ListenerCompilation.all(admission, attached);
        listeners.forEach(listener -> policies.ofListener(listener.listener()));
    }

    /** Throws IllegalArgumentException where the state has no such gateway. */
    static GatewayCompilation of(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway)
                .map(found -> new GatewayCompilation(new Admission(state, found)).whole())
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway " + gateway));
    }

    /** Where routes of a gateway would lead whom rules do not let through there. */
    static Set<RouteEscape> escapes(DesiredState state, Resource<EgressGateway> gateway) {
        GatewayCompilation compilation = new GatewayCompilation(new Admission(state, gateway));
        compilation.listeners.forEach(listener -> listener.compileRouted(host -> compilation.entry(listener, host)));
        return compilation.escapes();
    }

    /** The same of the state that it is at. */
    Set<RouteEscape> escapes() {
        return listeners.stream()
                .flatMap(listener -> escapesAt(listener.listener().name()).values().stream())
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void tell(RouteEscape escape) {
        escapesAt(escape.listener())
                .computeIfAbsent(escape.host(), host -> new LinkedHashSet<>())
                .add(escape);
    }

    private SortedMap<HostPattern, Set<RouteEscape>> escapesAt(Name listener) {
        return escapes.computeIfAbsent(listener, unseen -> new TreeMap<>());
    }

    private GatewayCompilation whole() {
        listeners.forEach(listener -> listener.compileAll(host -> entry(listener, host)));
        return this;
    }

    /** Whether {@link #follow} can take it from the state that it is at to this one. */
    boolean canFollow(DesiredState after) {
        return canFollow(state, after);
    }

    static boolean canFollow(DesiredState before, DesiredState after) {
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.EGRESS_RULE && kind != Kind.WORKLOAD && kind != Kind.ROLE_BINDING)
                .allMatch(kind -> after.isSameIn(kind, before));
    }

    /** Takes over the rules and workloads of a state that differs in nothing else. */
    void follow(DesiredState after) {
        Set<ResourceName> concerned = new TreeSet<>();
        for (ResourceName name : after.differing(Kind.EGRESS_RULE, state)) {
            state.rule(name).filter(admission::counts).ifPresent(rule -> remove(rule, concerned));
            after.rule(name).filter(admission::counts).ifPresent(rule -> add(rule, concerned));
        }
        boolean othersAreMeant = !after.isSameIn(Kind.WORKLOAD, state);
        if (othersAreMeant) {
            sources.follow(new SourceMeaning(after)).forEach(rule -> concerned.addAll(rules.destinations(rule)));
        }
        state = after;
        listeners.forEach(
                listener -> listener.recompile(concerned, othersAreMeant, entry -> replacement(listener, entry)));
    }

    private void remove(Resource<EgressRule> rule, Set<ResourceName> concerned) {
        rules.remove(rule);
        sources.forget(rule);
        concerned.addAll(rules.destinations(rule));
    }

    private void add(Resource<EgressRule> rule, Set<ResourceName> concerned) {
        rules.add(rule);
        concerned.addAll(rules.destinations(rule));
    }

    Snapshot snapshot() {
        List<Upstream> leadingOn = upstreams.upstreams();
        return hash.stamped(new Snapshot(
                admission.gateway().name(),
                new SnapshotVersion(state.revision(), ""),
                new GatewaySettings(
                        spec().defaultAction(), spec().addressPolicy(), spec().ruleBuckets(), spec().conduct()),
                sources.classes(),
                listeners.stream().map(one -> one.snapshot(policies)).toList(),
                routes.routes(),
                leadingOn,
                policies.policies(),
                secrets(leadingOn, policies.policies())));
    }

    // Credentials do not change while a state is followed.
    @SuppressWarnings("ReferenceEquality")
    private List<Secret> secrets(List<Upstream> leadingOn, List<EffectivePolicy> inForce) {
        if (secretsOf.isEmpty()
                || secretsOf.getFirst().leadingOn() != leadingOn
                || !secretsOf.getFirst().inForce().equals(inForce)) {
            secretsOf = List.of(new SecretsOf(
                    leadingOn, inForce, new SecretTable(state, admission.gateway()).secrets(leadingOn, inForce)));
        }
        return secretsOf.getFirst().secrets();
    }

    /** What was needed, and by whom. */
    private record SecretsOf(List<Upstream> leadingOn, List<EffectivePolicy> inForce, List<Secret> secrets) {}

    private EgressGateway spec() {
        return admission.gateway().spec();
    }

    private HostEntry replacement(ListenerCompilation listener, HostEntry before) {
        HostEntry entry = entry(listener, before.host());
        eachRule(before, sources::release);
        before.ports().forEach(port -> port.routes().forEach(routes::release));
        return entry;
    }

    private HostEntry entry(ListenerCompilation listener, HostPattern host) {
        escapesAt(listener.listener().name()).remove(host);
        Resource<Destination> owner = listener.hosts().owner(host);
        GatewayRules.Claims claims = rules.about(owner, Speakers.of(listener.hosts(), host));
        ListenerView view = policies.view(listener.listener(), owner.name());
        List<PortEntry> ports = new ArrayList<>();
        for (DestinationPort port : spoken(listener.listener(), owner)) {
            upstreams
                    .leading(listener, host, port)
                    .ifPresent(upstream -> ports.add(new PortEntry(
                            port.number(),
                            upstream,
                            compiled(listener, view, claims, port, Enforcement.ENFORCE),
                            compiled(listener, view, claims, port, Enforcement.SHADOW),
                            routes.of(listener, host, owner, port),
                            policies.enforceability(listener.listener(), owner.name(), port))));
        }
        HostEntry entry = new HostEntry(
                host,
                owner.name(),
                bucket(listener.hosts(), host),
                ports,
                policies.ofDestination(listener.listener(), owner.name()));
        eachRule(entry, sources::use);
        return entry;
    }

    private List<CompiledRule> compiled(
            ListenerCompilation listener,
            ListenerView view,
            GatewayRules.Claims claims,
            DestinationPort port,
            Enforcement enforcement) {
        return claims.at(listener.listener().name(), port.number(), enforcement).stream()
                .map(rule -> sources.compiled(rule, view))
                .toList();
    }

    private static void eachRule(HostEntry entry, Consumer<CompiledRule> action) {
        for (PortEntry port : entry.ports()) {
            port.rules().forEach(action);
            port.shadows().forEach(action);
        }
    }

    /** The ports of a destination that a listener speaks. */
    static List<DestinationPort> spoken(Listener listener, Resource<Destination> owner) {
        Set<Object> numbers = new HashSet<>();
        List<DestinationPort> ports = owner.spec().ports().stream()
                .filter(port -> numbers.add(port.number()))
                .toList();
        return switch (listener.protocol()) {
            case HTTP, HTTPS ->
                ports.stream()
                        .filter(port -> port.protocol().isReachableByHttp())
                        .toList();
            case CONNECT -> ports;
            // These know no port, so there is but the first.
            case TLS ->
                ports.stream()
                        .filter(port -> port.protocol().isReachableBySni())
                        .limit(1)
                        .toList();
            case TCP -> firstForBytes(ports).stream().toList();
        };
    }

    private static Optional<DestinationPort> firstForBytes(List<DestinationPort> ports) {
        return ports.stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .findFirst()
                .or(() -> ports.stream().findFirst());
    }

    // Hosts below one suffix, and those in one range, share a bucket, since a rule on it is copied to each of them. All
    // would be below *, so that is left to be copied into each bucket.
    private int bucket(ListenerHosts hosts, HostPattern host) {
        HostPattern outermost = hosts.known().covering(host).stream()
                .filter(pattern -> pattern.isSuffix() || pattern.isRange())
                .reduce(host, (inner, outer) -> outer);
        return new ContentHash().text(outermost).below(spec().ruleBuckets());
    }
}
