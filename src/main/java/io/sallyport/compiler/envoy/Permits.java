package io.sallyport.compiler.envoy;

import io.sallyport.compiler.envoy.ConnectionRules.Keys;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Whether the source of a connection may go to some hosts, written down before the rules are asked. */
final class Permits {
    private final ConnectionRules rules;
    private final SequencedMap<HostEntry, ClauseGroups> hosts;
    private final DefaultAction defaultAction;

    /** {@code hosts} come with what policies allow of each. */
    Permits(Collection<SourceClass> classes, SequencedMap<HostEntry, ClauseGroups> hosts, DefaultAction defaultAction) {
        this.rules = new ConnectionRules(classes);
        this.hosts = hosts;
        this.defaultAction = defaultAction;
    }

    void writeTo(FilterState state, HostPattern host) {
        keys(host).write(state, List.of(), Decision.byDefault(defaultAction));
        hosts.forEach((entry, clauses) -> {
            if (entry.host().equals(host)) {
                entry.ports().stream().limit(1).forEach(port -> write(state, host, port, clauses.at(port.number())));
            }
        });
    }

    private void write(FilterState state, HostPattern host, PortEntry port, ClauseGroups clauses) {
        Keys keys = keys(host);
        rules.writeSources(
                state,
                Stream.concat(
                        port.decidingRules().stream().flatMap(rule -> rule.sources().stream()),
                        clauses.sources().stream()));
        keys.write(state, List.of(), Decision.byDefault(port, defaultAction));
        rules.writeDecision(state, keys, List.of(), port.decidingRules());
        new ConnectionAuthorization(keys, "sallyport.permit.authorization/" + host).write(state, List.of(), clauses);
    }

    /** Whether it may, as an expression. */
    String condition(HostPattern host) {
        return keys(host).isAllowed();
    }

    private static Keys keys(HostPattern host) {
        return new Keys("sallyport.permit.rule/" + host, "sallyport.permit/" + host);
    }
}
