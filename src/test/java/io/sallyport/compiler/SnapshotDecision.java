package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.Comparator;
import java.util.Optional;

/** Decides a request as a proxy does that was given nothing but the snapshot. */
record SnapshotDecision(Snapshot snapshot) {

    String decide(Request request) {
        Optional<HostEntry> host = listener(request).hosts().stream()
                .filter(entry -> entry.host().covers(request.host()))
                .min(Comparator.comparing(
                        HostEntry::host,
                        (one, other) -> one.equals(other) ? 0 : one.isMoreSpecificThan(other) ? -1 : 1));
        if (host.isEmpty()) {
            return "sallyport/unknown-destination";
        }
        boolean denies = snapshot.defaultAction() == DefaultAction.DENY;
        Optional<PortEntry> port = host.get().ports().stream()
                .filter(entry -> request.port().isEmpty() || request.port().contains(entry.number()))
                .findFirst();
        if (port.isEmpty()) {
            return denies ? "sallyport/default-deny" : "sallyport/unknown-destination";
        }
        return port.get().rules().stream()
                .filter(rule -> rule.validity().holdsAt(request.time()))
                .filter(rule -> matches(rule, request.source()))
                .map(rule -> rule.action() + " " + rule.name())
                .findFirst()
                .orElse(denies ? "sallyport/default-deny" : "sallyport/default-allow");
    }

    private ListenerSnapshot listener(Request request) {
        return snapshot.listeners().stream()
                .filter(one -> one.listener().name().equals(request.listener()))
                .findFirst()
                .orElseThrow();
    }

    private boolean matches(CompiledRule rule, IpAddress source) {
        return snapshot.sources().stream()
                .filter(one -> rule.sources().contains(one.id()))
                .flatMap(one -> one.identities().ranges().stream())
                .anyMatch(range -> range.contains(source));
    }
}
