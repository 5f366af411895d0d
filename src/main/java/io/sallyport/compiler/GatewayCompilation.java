package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tables of one gateway. Made whole from a state; afterwards it can follow states that differ in rules alone, at the
 * cost of the hosts that those rules are about. Not for several threads.
 */
final class GatewayCompilation {
    private final Admission admission;
    private final KnownHosts hosts;
    private final GatewayRules rules;
    private final SourceTable sources;
    private final UpstreamTable upstreams;
    private final List<ListenerCompilation> listeners;
    private final SnapshotHash hash = new SnapshotHash();
    private DesiredState state;

    private GatewayCompilation(Admission admission) {
        this.admission = admission;
        state = admission.state();
        hosts = KnownHosts.of(admission);
        rules = new GatewayRules(admission, hosts);
        sources = new SourceTable(new SourceMeaning(state));
        upstreams = new UpstreamTable(spec().addressPolicy());
        listeners = spec().listeners().stream().map(this::listener).toList();
        listeners.forEach(listener -> listener.compileAll(host -> host(listener, host)));
    }

    /** Throws IllegalArgumentException where the state has no such gateway. */
    static GatewayCompilation of(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway)
                .map(found -> new GatewayCompilation(new Admission(state, found)))
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway " + gateway));
    }

    /** Whether {@link #follow} can take it from the state that it is at to this one. */
    boolean canFollow(DesiredState after) {
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.EGRESS_RULE)
                .allMatch(kind -> after.isSameIn(kind, state));
    }

    /** Takes over the rules of a state that differs in nothing else. */
    void follow(DesiredState after) {
        Set<ResourceName> concerned = new TreeSet<>();
        for (ResourceName name : after.differing(Kind.EGRESS_RULE, state)) {
            state.rule(name).filter(admission::counts).ifPresent(rule -> remove(rule, concerned));
            after.rule(name).filter(admission::counts).ifPresent(rule -> add(rule, concerned));
        }
        state = after;
        listeners.forEach(listener -> listener.recompile(concerned, entry -> replacement(listener, entry)));
    }

    private void remove(Resource<EgressRule> rule, Set<ResourceName> concerned) {
        rules.remove(rule);
        sources.forget(rule);
        concerned.addAll(GatewayRules.destinations(rule));
    }

    private void add(Resource<EgressRule> rule, Set<ResourceName> concerned) {
        rules.add(rule);
        concerned.addAll(GatewayRules.destinations(rule));
    }

    Snapshot snapshot() {
        return hash.stamped(new Snapshot(
                admission.gateway().name(),
                new SnapshotVersion(state.revision(), ""),
                new GatewaySettings(
                        spec().defaultAction(), spec().addressPolicy(), spec().ruleBuckets(), spec().conduct()),
                sources.classes(),
                listeners.stream().map(ListenerCompilation::snapshot).toList(),
                upstreams.upstreams(),
                List.of()));
    }

    private EgressGateway spec() {
        return admission.gateway().spec();
    }

    private ListenerCompilation listener(Listener listener) {
        return new ListenerCompilation(
                listener,
                JwtProviders.of(state, admission.gateway(), listener),
                hosts.servedBy(listener),
                host -> rules.speaking(host, owner(host)));
    }

    private HostEntry replacement(ListenerCompilation listener, HostEntry before) {
        HostEntry entry = host(listener, before.host());
        eachRule(before, sources::release);
        return entry;
    }

    private HostEntry host(ListenerCompilation compilation, HostPattern host) {
        Listener listener = compilation.listener();
        Resource<Destination> owner = owner(host);
        GatewayRules.Claims claims = rules.about(host, owner);
        List<PortEntry> ports = new ArrayList<>();
        for (DestinationPort port : spoken(listener, owner)) {
            List<CompiledRule> deciding = claims.at(listener.name(), port.number()).stream()
                    .map(rule -> sources.compiled(rule, compilation.view()))
                    .toList();
            upstreams
                    .leading(host, owner, port)
                    .ifPresent(upstream -> ports.add(new PortEntry(port.number(), upstream, deciding, List.of())));
        }
        HostEntry entry = new HostEntry(host, owner.name(), bucket(host), ports);
        eachRule(entry, sources::use);
        return entry;
    }

    private static void eachRule(HostEntry entry, Consumer<CompiledRule> action) {
        entry.ports().forEach(port -> port.rules().forEach(action));
    }

    private Resource<Destination> owner(HostPattern host) {
        return hosts.owner(host).orElseThrow();
    }

    private static List<DestinationPort> spoken(Listener listener, Resource<Destination> owner) {
        Set<Object> numbers = new HashSet<>();
        Stream<DestinationPort> ports = owner.spec().ports().stream().filter(port -> numbers.add(port.number()));
        return switch (listener.protocol()) {
            case HTTP, HTTPS, CONNECT ->
                ports.filter(port -> port.protocol().isReachableByHttp()).toList();
            case TCP -> ports.limit(1).toList();
            // A TLS listener knows no port, so there is but the first.
            case TLS ->
                ports.filter(port -> port.protocol().isReachableBySni())
                        .limit(1)
                        .toList();
        };
    }

    // Hosts below one wildcard share a bucket, since a rule on it is copied to each of them.
    private int bucket(HostPattern host) {
        HostPattern outermost = hosts.covering(host).getLast();
        return new ContentHash().text(outermost.isWildcard() ? outermost : host).below(spec().ruleBuckets());
    }
}
