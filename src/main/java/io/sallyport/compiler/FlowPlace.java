package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands at one port of a host in one state.
 *
 * @param rules those that decide there; none where nothing stands there
 * @param otherwise what becomes of those on whom no rule decides
 */
record FlowPlace(Optional<ListenerView> view, List<FlowRule> rules, Ruling otherwise) {
    private static final Ruling UNKNOWN = Ruling.of(Reason.UNKNOWN_DESTINATION);
    /** Where there is no such gateway or listener, nobody comes in. */
    static final FlowPlace NOWHERE = new FlowPlace(Optional.empty(), List.of(), UNKNOWN);

    FlowPlace {
        rules = List.copyOf(rules);
    }

    static FlowPlace of(
            ListenerView view,
            Optional<HostEntry> host,
            PortNumber number,
            Map<String, SourceClass> classes,
            DefaultAction usual) {
        Optional<PortEntry> port = host.stream()
                .flatMap(entry -> entry.ports().stream())
                .filter(entry -> entry.number().equals(number))
                .findFirst();
        List<FlowRule> rules = port.stream()
                .flatMap(entry -> entry.decidingRules().stream())
                .map(rule -> FlowRule.of(rule, classes))
                .toList();
        return new FlowPlace(Optional.of(view), rules, otherwise(host, port, usual));
    }

    private static Ruling otherwise(Optional<HostEntry> host, Optional<PortEntry> port, DefaultAction usual) {
        if (host.isEmpty()) {
            return UNKNOWN;
        }
        return switch (usual) {
            case DENY -> Ruling.of(Reason.DEFAULT_DENY);
            case ALLOW ->
                port.map(entry -> switch (entry.enforceability()) {
                            case WHOLLY, IN_REQUESTS -> Ruling.of(Reason.DEFAULT_ALLOW);
                            case NOWHERE -> Ruling.of(Reason.UNENFORCEABLE);
                        })
                        .orElse(UNKNOWN);
        };
    }

    Stream<SourceClass> classes() {
        return rules.stream().flatMap(rule -> rule.sources().stream());
    }

    /** The same for everybody, but for what rules say. */
    boolean isLike(FlowPlace other) {
        return view.equals(other.view) && otherwise.equals(other.otherwise);
    }

    Decision decide(FlowRules index, Sources part, Instant time) {
        boolean isSeen = view.map(part::isSeen).orElse(false);
        if (!isSeen) {
            return new Decision(otherwise.allows() && view.isPresent(), otherwise.name());
        }
        return index.deciding(part, time)
                .map(rule ->
                        new Decision(rule.action() == Action.ALLOW, rule.name().toString()))
                .orElseGet(() -> new Decision(otherwise.allows(), otherwise.name()));
    }

    /** Whether it lets pass, and what says so. */
    record Decision(boolean allows, String name) {}
}
