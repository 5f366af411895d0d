package io.sallyport.compiler;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a gateway runs in one state, as requests find it; nothing where there is no such gateway. */
final class FlowSide {
    private final List<Snapshot> snapshot;
    private final Map<String, SourceClass> classes;
    private final Map<Name, ListenerSnapshot> listeners;
    private final Map<Name, Map<HostPattern, HostEntry>> hosts = new HashMap<>();
    private final PoliciesInForce policies;

    FlowSide(Optional<Snapshot> running) {
        snapshot = running.stream().toList();
        classes = snapshot.stream().flatMap(one -> one.sources().stream()).collect(toMap(SourceClass::id, identity()));
        listeners = snapshot.stream()
                .flatMap(one -> one.listeners().stream())
                .collect(toMap(one -> one.listener().name(), identity()));
        listeners.forEach((name, listener) -> hosts.put(
                name, listener.hosts().stream().collect(toMap(HostEntry::host, identity(), (first, _) -> first))));
        policies = PoliciesInForce.of(
                snapshot.stream().flatMap(one -> one.policies().stream()).toList());
    }

    Stream<Name> listeners() {
        return listeners.keySet().stream();
    }

    Stream<HostPattern> hosts(Name listener) {
        return hosts.getOrDefault(listener, Map.of()).keySet().stream();
    }

    Map<String, SourceClass> classes() {
        return classes;
    }

    /** The ids of classes that mean others on the other side. */
    Set<String> differingClasses(FlowSide other) {
        return Stream.concat(classes.keySet().stream(), other.classes.keySet().stream())
                .filter(id -> !Objects.equals(classes.get(id), other.classes.get(id)))
                .collect(toSet());
    }

    /** Whether a host has the very same entry on both sides, and that says the same there; where not, it may all the same. */
    @SuppressWarnings("ReferenceEquality")
    boolean isSame(FlowSide other, Name listener, HostPattern host, Set<String> otherClasses) {
        HostEntry entry = hosts.getOrDefault(listener, Map.of()).get(host);
        return entry != null
                && entry == other.hosts.getOrDefault(listener, Map.of()).get(host)
                && hasSameSurroundings(other, listener)
                && entry.ports().stream()
                        .flatMap(port -> port.rules().stream())
                        .allMatch(rule -> Collections.disjoint(rule.sources(), otherClasses));
    }

    private boolean hasSameSurroundings(FlowSide other, Name listener) {
        ListenerSnapshot own = Objects.requireNonNull(listeners.get(listener));
        ListenerSnapshot others = Objects.requireNonNull(other.listeners.get(listener));
        return own.listener().equals(others.listener())
                && own.jwt().equals(others.jwt())
                && policies.equals(other.policies)
                && snapshot.getFirst()
                        .defaultAction()
                        .equals(other.snapshot.getFirst().defaultAction());
    }

    /** What requests for a host find: its own entry, or the narrowest that covers it. */
    Optional<HostEntry> entry(Name listener, HostPattern host) {
        Map<HostPattern, HostEntry> known = hosts.getOrDefault(listener, Map.of());
        return Optional.ofNullable(known.get(host))
                .or(() -> host.wider().stream()
                        .flatMap(wider -> Stream.ofNullable(known.get(wider)))
                        .findFirst());
    }

    Stream<PortNumber> ports(Name listener, HostPattern host) {
        return entry(listener, host).stream()
                .flatMap(entry -> entry.ports().stream())
                .map(PortEntry::number);
    }

    FlowPlace place(Name listener, HostPattern host, PortNumber port) {
        ListenerSnapshot found = listeners.get(listener);
        if (found == null) {
            return FlowPlace.NOWHERE;
        }
        Optional<HostEntry> entry = entry(listener, host);
        return FlowPlace.of(
                view(found, entry), entry, port, classes, snapshot.getFirst().defaultAction());
    }

    private ListenerView view(ListenerSnapshot listener, Optional<HostEntry> host) {
        return ListenerView.of(
                listener.listener(),
                host.filter(entry -> !entry.policy().isEmpty())
                        .map(entry -> policies.at(listener, entry).jwt())
                        .orElse(listener.jwt()));
    }

    /** Who owns a host. */
    Optional<ResourceName> owner(Name listener, HostPattern host) {
        return entry(listener, host).map(HostEntry::destination);
    }
}
