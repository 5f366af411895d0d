package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which bounds of validity hold when a connection comes. Network filters cannot match the time, but they can write down
 * an expression on it, under a name that says the bounds: so a rule and what it asks for may come one by one.
 */
final class MomentTable {
    private MomentTable() {}

    /** Of these hosts, and which rules that only look match a connection to some of them. */
    static TypedExtensionConfig of(String name, Collection<HostEntry> hosts, ConnectionAudits audits) {
        SortedMap<String, String> expressions = new TreeMap<>();
        hosts.stream()
                .flatMap(host -> host.ports().stream().limit(1))
                .flatMap(port -> Stream.concat(port.rules().stream(), port.shadows().stream()))
                .map(CompiledRule::validity)
                .filter(TimeExpression::isNeededFor)
                .forEach(validity -> expressions.put(key(validity), TimeExpression.text(validity)));
        var state = new FilterState();
        expressions.forEach((key, expression) -> state.text(key, "%CEL(" + expression + ")%"));
        audits.writeTo(state);
        return Composites.extension(name, state.filter());
    }

    static String key(Validity validity) {
        String start = validity.hasStart() ? validity.notBefore().toString() : "";
        String end = validity.hasEnd() ? validity.expiresAt().toString() : "";
        return "sallyport.moment/" + start + "/" + end;
    }
}
