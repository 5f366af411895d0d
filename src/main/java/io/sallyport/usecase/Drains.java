package io.sallyport.usecase;

import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.domain.gateway.Conduct.OnRevoke;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells from what changes of a gateway's Envoy configuration what becomes of open connections. */
final class Drains {
    private final GatewayChange change;
    private final Set<String> made;

    /** Of listeners that are in both states. */
    private Drains(GatewayChange change, List<ConfigChange> envoy) {
        this.change = change;
        made = envoy.stream()
                .filter(one -> one.type().equals("LISTENER") && one.sort() == ConfigChange.Sort.CHANGED)
                .map(ConfigChange::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * By listener.
     *
     * @param envoy what changes in the words of Envoy
     * @param closing the listeners at which something is refused that passed
     */
    static List<Drain> of(GatewayChange change, List<ConfigChange> envoy, Set<String> closing) {
        Drains drains = new Drains(change, envoy);
        Map<String, Listener> later = listeners(change.later());
        return listeners(change.earlier()).entrySet().stream()
                .flatMap(entry -> later.containsKey(entry.getKey())
                        ? drains.ofKept(entry.getValue(), later.get(entry.getKey()), closing)
                        : Stream.of(new Drain(
                                entry.getKey(),
                                Drain.Sort.CLOSE,
                                "The listener goes: its connections may finish while it drains, and are closed then.")))
                .toList();
    }

    private Stream<Drain> ofKept(Listener before, Listener after, Set<String> closing) {
        String name = before.name().value();
        boolean cuts = change.later().stream()
                .anyMatch(snapshot -> snapshot.settings().conduct().onRevoke() == OnRevoke.CUT);
        boolean isMade = made.contains(name) && !(cuts && before.equals(after) && !readsRequests(before));
        Stream<Drain> drained = isMade
                ? Stream.of(
                        new Drain(
                                name,
                                Drain.Sort.DRAIN,
                                "The listener is made anew: open connections may finish while it drains, new ones come to the new one."))
                : Stream.of();
        return Stream.concat(drained, closing.contains(name) ? Stream.of(ofRefused(name, cuts)) : Stream.of());
    }

    private static boolean readsRequests(Listener listener) {
        return listener.protocol().isHttp();
    }

    private static Drain ofRefused(String listener, boolean cuts) {
        return cuts
                ? new Drain(
                        listener,
                        Drain.Sort.CUT,
                        "onRevoke is Cut: open flows that are refused from now on end within seconds, others go on.")
                : new Drain(
                        listener,
                        Drain.Sort.KEEP,
                        "onRevoke is NewFlows: what is asked anew is refused, open flows go on until they end or limits.maxFlowDuration is over.");
    }

    private static Map<String, Listener> listeners(Optional<Snapshot> snapshot) {
        return snapshot.stream()
                .flatMap(one -> one.listeners().stream())
                .map(ListenerSnapshot::listener)
                .collect(Collectors.toMap(
                        listener -> listener.name().value(), listener -> listener, (first, _) -> first, TreeMap::new));
    }
}
