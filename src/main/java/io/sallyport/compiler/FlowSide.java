package io.sallyport.compiler;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
