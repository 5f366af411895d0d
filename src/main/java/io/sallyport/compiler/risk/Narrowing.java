package io.sallyport.compiler.risk;

import io.sallyport.compiler.FlowDiff;
import io.sallyport.compiler.SnapshotHash;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.Shut;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes from a snapshot whatever would pass by it and is refused by the newest one. At each port of each host at which
 * somebody would, the rules that let him pass refuse; where the way on asks less than it is to ask, all do. Nothing is ever
 * opened by that, so it ends, and at the very last nothing passes. Pure.
 */
public final class Narrowing {
    // Each denies what the one before has found; more are needed only where rules give way to each other in time.
    private static final int MOST_ROUNDS = 8;

    private final Snapshot newest;
    private final Snapshot instead;
    private final boolean mayNameMore;
    private final Map<Name, NavigableMap<HostPattern, HostEntry>> hosts = new HashMap<>();
    private final SortedSet<Shut> shut = new TreeSet<>();
    private boolean namesMore;

    private Narrowing(Snapshot newest, Snapshot instead, boolean mayNameMore) {
        this.newest = newest;
        this.instead = instead;
        this.mayNameMore = mayNameMore;
        for (ListenerSnapshot listener : instead.listeners()) {
            NavigableMap<HostPattern, HostEntry> known = new TreeMap<>();
            listener.hosts().forEach(entry -> known.putIfAbsent(entry.host(), entry));
            hosts.put(listener.listener().name(), known);
        }
    }

    /**
     * Narrows it.
     *
     * @param mayNameMore whether a host that the newest snapshot alone tells apart may get an entry of its own, at which
     *     somebody is refused; else he is refused wherever the wildcard that covers it lets him pass
     */
    public static Narrowed of(Snapshot newest, Snapshot instead, boolean mayNameMore) {
        return instead.hasContentOf(newest)
                ? new Narrowed(instead, List.of(), false)
                : new Narrowing(newest, instead, mayNameMore).narrowed();
    }

    private Narrowed narrowed() {
        shutWiderWays();
        List<FlowChange> open = open();
        for (int round = 0; !open.isEmpty(); round++) {
            if (round < MOST_ROUNDS) {
                open.forEach(this::refuse);
            } else if (round == MOST_ROUNDS) {
                open.forEach(flow -> change(flow.listener(), flow.host(), flow.port(), PortEntry::shut));
            } else {
                shutAll();
                break;
            }
            open = open();
        }
        return new Narrowed(shut.isEmpty() ? instead : new SnapshotHash().stamped(now()), List.copyOf(shut), namesMore);
    }

    private List<FlowChange> open() {
        return FlowDiff.atAnyTime(newest, now()).opening().toList();
    }

    private Snapshot now() {
        return instead.with(instead.listeners().stream()
                .map(listener -> listener.with(
                        List.copyOf(table(listener.listener().name()).values())))
                .toList());
    }

    private NavigableMap<HostPattern, HostEntry> table(Name listener) {
        return hosts.getOrDefault(listener, new TreeMap<>());
    }

    private Optional<HostEntry> entry(Name listener, HostPattern host) {
        NavigableMap<HostPattern, HostEntry> known = table(listener);
        return Stream.concat(Stream.of(host), host.wider().stream())
                .flatMap(pattern -> Stream.ofNullable(known.get(pattern)))
                .findFirst();
    }

    private void shutWiderWays() {
        Places there = new Places(newest);
        Places here = new Places(instead);
        WiderWays ways = new WiderWays(there, here);
        for (ListenerSnapshot listener : instead.listeners()) {
            Stream<HostEntry> others = there.listener(listener).stream().flatMap(other -> other.hosts().stream());
            List<HostPattern> all = Stream.concat(listener.hosts().stream(), others)
                    .map(HostEntry::host)
                    .distinct()
                    .toList();
            all.forEach(host -> here.entry(listener, host)
                    .ifPresent(found -> found.ports().stream()
                            .filter(this::letsPass)
                            .filter(port -> ways.isWider(listener, host, found, port))
                            .forEach(
                                    port -> change(listener.listener().name(), host, port.number(), PortEntry::shut))));
        }
    }

    private boolean letsPass(PortEntry port) {
        return port.enforceability() != Enforceability.NOWHERE
                && (instead.defaultAction() == DefaultAction.ALLOW
                        || port.rules().stream().anyMatch(rule -> rule.action() == Action.ALLOW));
    }

    private void refuse(FlowChange flow) {
        change(flow.listener(), flow.host(), flow.port(), port -> refusing(port, flow.after()));
    }

    // What is allowed by default is refused to all, since there is no rule to take it from.
    private static PortEntry refusing(PortEntry port, String decision) {
        return port.rules().stream()
                .filter(rule -> rule.action() == Action.ALLOW)
                .map(CompiledRule::name)
                .filter(rule -> rule.toString().equals(decision))
                .findFirst()
                .map(port::withoutAllowing)
                .orElseGet(port::shut);
    }

    private void change(Name listener, HostPattern host, PortNumber port, UnaryOperator<PortEntry> change) {
        HostEntry found = entry(listener, host).orElseThrow();
        boolean isNamedAnew = !found.host().equals(host) && mayName(listener, host);
        namesMore |= isNamedAnew;
        HostEntry entry = isNamedAnew ? found.narrowedTo(host) : found;
        entry.ports().stream()
                .filter(one -> one.number().equals(port))
                .forEach(one -> table(listener).put(entry.host(), entry.with(change.apply(one))));
        shut.add(new Shut(listener, entry.host(), port, owner(listener, host).orElse(entry.destination())));
    }

    // A TCP listener tells hosts apart by what it leads to, and others learn no addresses.
    private boolean mayName(Name listener, HostPattern host) {
        return mayNameMore
                && instead.listeners().stream()
                        .map(ListenerSnapshot::listener)
                        .filter(one -> one.name().equals(listener))
                        .map(Listener::protocol)
                        .allMatch(protocol -> switch (protocol) {
                            case HTTP, HTTPS, TLS -> !host.isRange();
                            case CONNECT -> true;
                            case TCP -> false;
                        });
    }

    private Optional<ResourceName> owner(Name listener, HostPattern host) {
        return newest.listeners().stream()
                .filter(one -> one.listener().name().equals(listener))
                .flatMap(one -> one.hosts().stream())
                .filter(one -> one.host().equals(host))
                .map(HostEntry::destination)
                .findFirst();
    }

    private void shutAll() {
        hosts.forEach((listener, table) -> List.copyOf(table.values())
                .forEach(entry ->
                        entry.ports().forEach(port -> change(listener, entry.host(), port.number(), PortEntry::shut))));
    }
}
