package io.sallyport.compiler.envoy;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;

/** Whether the source of a connection may go to some hosts, written down before the rules are asked. */
final class Permits {
    private final ConnectionRules rules;
    private final Collection<HostEntry> hosts;
    private final DefaultAction defaultAction;

    Permits(Collection<SourceClass> classes, Collection<HostEntry> hosts, DefaultAction defaultAction) {
        this.rules = new ConnectionRules(classes);
        this.hosts = hosts;
        this.defaultAction = defaultAction;
    }

    void writeTo(FilterState state, HostPattern host) {
        List<PortEntry> own = hosts.stream()
                .filter(entry -> entry.host().equals(host))
                .flatMap(entry -> entry.ports().stream().limit(1))
                .toList();
        List<CompiledRule> deciding =
                own.stream().flatMap(port -> port.decidingRules().stream()).toList();
        rules.writeSources(state, deciding);
        keys(host).write(state, List.of(), otherwise(own));
        rules.writeDecision(state, keys(host), List.of(), deciding);
    }

    private Decision otherwise(List<PortEntry> port) {
        return port.isEmpty() ? Decision.byDefault(defaultAction) : Decision.byDefault(port.getFirst(), defaultAction);
    }

    /** Whether it may, as an expression. */
    String condition(HostPattern host) {
        return keys(host).isAllowed();
    }

    private static ConnectionRules.Keys keys(HostPattern host) {
        return new ConnectionRules.Keys("sallyport.permit.rule/" + host, "sallyport.permit/" + host);
    }
}
