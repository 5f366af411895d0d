package io.sallyport.compiler.guardrail;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.Objects;
import java.util.stream.Stream;

/** One port of one host at a listener. */
record Place(Index index, ListenerSnapshot listener, HostEntry entry, PortEntry port) {

    static Stream<Place> all(Index index, ListenerSnapshot listener, HostEntry entry) {
        return entry.ports().stream().map(port -> new Place(index, listener, entry, port));
    }

    /** Whether anybody at all may pass whose flows are meant. */
    boolean isOpenTo(Meaning flows) {
        return index.snapshot().defaultAction() == DefaultAction.ALLOW
                || port.decidingRules().stream()
                        .filter(rule -> rule.action() == Action.ALLOW)
                        .flatMap(rule -> rule.sources().stream())
                        .anyMatch(id -> flows.mayMean(
                                Objects.requireNonNull(index.sources().get(id))));
    }

    /** Whether it leads everything to one place, so that a host of that place is asked for, and it is not said which. */
    boolean asksForNoHost() {
        return asksForNoHost(listener) && !entry.host().isRange();
    }

    static boolean asksForNoHost(ListenerSnapshot listener) {
        return listener.listener().protocol() == Listener.Protocol.TCP;
    }

    /** What flows through here are for. */
    Target target() {
        return new Target(entry.destination(), port.number());
    }

    /** A port of a destination, wherever one goes to it. */
    record Target(ResourceName destination, PortNumber port) {}

    /** A listener by its name. */
    record At(ResourceName gateway, Name listener) {
        static At of(Index index, ListenerSnapshot listener) {
            return new At(index.snapshot().gateway(), listener.listener().name());
        }
    }
}
