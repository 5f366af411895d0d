package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.sallyport.compiler.envoy.ConnectionRules.Keys;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tables where and may of a TCP listener in one: what is decided about a connection as soon as it comes, and where it
 * leads then.
 */
final class TcpRuleTable {
    static final Keys DECISION = new Keys("sallyport.rule", "sallyport.action");
    static final ConnectionAuthorization AUTHORIZATION =
            new ConnectionAuthorization(DECISION, "sallyport.authorization");
    static final Keys SHADOW = new Keys("sallyport.shadow", "sallyport.shadow.action");

    private static final AddressText ASKED = AddressText.ofAsked();
    private static final Comparator<HostEntry> WIDEST_FIRST = Comparator.comparing(
            HostEntry::host, (one, other) -> one.equals(other) ? 0 : one.isMoreSpecificThan(other) ? 1 : -1);

    private final ConnectionRules rules;
    private final DefaultAction defaultAction;

    TcpRuleTable(Collection<SourceClass> classes, DefaultAction defaultAction) {
        this.rules = new ConnectionRules(classes);
        this.defaultAction = defaultAction;
    }

    TypedExtensionConfig of(
            String name, Collection<HostEntry> hosts, Function<HostEntry, ClauseGroups> authorization, TcpWays ways) {
        var state = new FilterState();
        rules.writeSources(
                state,
                hosts.stream()
                        .flatMap(host -> Stream.concat(
                                everyRule(host).flatMap(rule -> rule.sources().stream()),
                                authorization.apply(host).sources().stream())));
        ASKED.write(
                state,
                hosts.stream()
                        .map(HostEntry::host)
                        .filter(HostPattern::isRange)
                        .map(HostPattern::range)
                        .toList());
        DECISION.write(state, List.of(), Decision.UNKNOWN_DESTINATION);
        hosts.stream().sorted(WIDEST_FIRST).forEach(host -> write(state, host));
        hosts.forEach(host -> host.ports().stream()
                .limit(1)
                .forEach(port ->
                        rules.writeNames(state, SHADOW, CelText.is(SniTable.HOST, host.host()), port.shadows())));
        hosts.forEach(host -> authorize(state, host, authorization.apply(host)));
        ways.writeTo(state, hosts);
        return Composites.extension(name, state.filter());
    }

    private static void authorize(FilterState state, HostEntry host, ClauseGroups clauses) {
        List<String> here = List.of(CelText.is(SniTable.HOST, host.host()));
        host.ports().stream().limit(1).map(port -> clauses.at(port.number())).forEach(asked -> {
            ConnectionAuthorization.writeAudits(state, List.of(here.getFirst(), DECISION.isAllowed()), asked.audits());
            AUTHORIZATION.write(state, here, asked);
        });
    }

    /** For a listener whose table is not there. */
    static Config refuseAll() {
        var state = new FilterState();
        DECISION.write(state, List.of(), Decision.DEFAULT_DENY);
        return state.filter();
    }

    private void write(FilterState state, HostEntry host) {
        List<String> condition = condition(host.host());
        state.text(
                SniTable.HOST,
                condition.isEmpty()
                        ? host.host().value()
                        : CelText.where(condition.getFirst(), CelText.text(host.host())));
        if (host.ports().isEmpty()) {
            DECISION.write(state, condition, Decision.ofUnlistedPort(defaultAction));
            return;
        }
        PortEntry port = host.ports().getFirst();
        DECISION.write(state, condition, Decision.byDefault(port, defaultAction));
        rules.writeDecision(state, DECISION, condition, port.decidingRules());
    }

    // Of all hosts whatsoever there is no question which is asked for.
    private static List<String> condition(HostPattern host) {
        return host.isRange() ? List.of(ASKED.isIn(List.of(host.range()))) : List.of();
    }

    private static Stream<CompiledRule> everyRule(HostEntry host) {
        return host.ports().stream()
                .limit(1)
                .flatMap(port -> Stream.concat(port.rules().stream(), port.shadows().stream()));
    }
}
