package io.sallyport.compiler.explain;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Verdict.PassedOver;
import io.sallyport.domain.decision.Verdict.Why;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules about a host that could not be tried, since they are about its other ports or for other listeners. */
final class OtherRules {
    private final Snapshot snapshot;
    private final List<PassedOver> tried;
    private final Set<ResourceName> known = new HashSet<>();

    OtherRules(Snapshot snapshot, List<PassedOver> tried) {
        this.snapshot = snapshot;
        this.tried = tried;
    }

    /** Those that were tried and passed over, and then those. */
    List<PassedOver> beside(ListenerSnapshot listener, HostEntry owner, Optional<PortEntry> port) {
        List<PassedOver> all = new ArrayList<>(tried);
        port.ifPresent(entry -> rules(entry).map(CompiledRule::name).forEach(known::add));
        owner.ports().forEach(other -> add(all, other, Why.OTHER_PORT));
        snapshot.listeners().stream()
                .filter(other ->
                        !other.listener().name().equals(listener.listener().name()))
                .flatMap(other -> other.hosts().stream())
                .filter(entry -> entry.host().equals(owner.host()))
                .flatMap(entry -> entry.ports().stream())
                .forEach(other -> add(all, other, Why.OTHER_LISTENER));
        return all;
    }

    private void add(List<PassedOver> all, PortEntry port, Why why) {
        rules(port)
                .filter(rule -> known.add(rule.name()))
                .forEach(rule -> all.add(new PassedOver(rule.name(), rule.action(), why)));
    }

    private static Stream<CompiledRule> rules(PortEntry port) {
        return Stream.concat(port.rules().stream(), port.shadows().stream());
    }
}
