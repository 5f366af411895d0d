package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where bytes that nobody reads lead: to the upstream of a port or, by its route, to one of several for each connection. */
final class UnreadWays {
    // Another lot than that of endpoints, so that each way's connections still come to all endpoints there.
    private static final String LOT = "request.time.getMilliseconds() * 77 % 1000";
    private static final int LOTS = 1000;

    private final Map<String, Upstream> upstreams;
    private final Map<String, CompiledRoute> routes;

    UnreadWays(Snapshot snapshot) {
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.routes = snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity()));
    }

    /**
     * One of them.
     *
     * @param isRouted whether a route leads there
     * @param lot which connections go this way, as an expression; all where empty; at most one
     */
    record Way(Upstream upstream, boolean isRouted, List<String> lot) {
        /** A condition, and that the connection goes this way. */
        String and(String condition) {
            return lot.isEmpty() ? condition : condition + " && " + lot.getFirst();
        }
    }

    /** Nothing where the route may not lead where it should. */
    List<Way> of(PortEntry port) {
        if (port.routes().isEmpty()) {
            return List.of(new Way(upstream(port.upstream()), false, List.of()));
        }
        return switch (requireNonNull(routes.get(port.routes().getFirst())).action()) {
            case RouteAction.Forward forward -> ways(forward.targets());
            case RouteAction.Refuse refuse -> List.of();
            case RouteAction.Redirect redirect -> List.of();
            case RouteAction.Respond respond -> List.of();
        };
    }

    /** The host as it is decided on: where its route may not lead where it should, what rules allow is refused. */
    HostEntry decided(HostEntry host) {
        return new HostEntry(
                host.host(),
                host.destination(),
                host.bucket(),
                host.ports().stream()
                        .map(port -> isClosed(port) ? closed(port) : port)
                        .toList(),
                host.policy());
    }

    private boolean isClosed(PortEntry port) {
        return !port.routes().isEmpty() && of(port).isEmpty();
    }

    private static PortEntry closed(PortEntry port) {
        ResourceName name = ResourceName.parse(RouteAnswer.ESCAPES_RULES.decision());
        return new PortEntry(
                port.number(),
                port.upstream(),
                port.rules().stream()
                        .map(rule -> rule.action() == Action.DENY
                                ? rule
                                : new CompiledRule(name, Action.DENY, rule.sources(), rule.validity()))
                        .toList(),
                port.shadows(),
                port.routes(),
                Enforceability.NOWHERE);
    }

    private List<Way> ways(List<RouteTarget> all) {
        List<RouteTarget> targets =
                all.stream().filter(target -> target.weight() > 0).toList();
        long total = targets.stream().mapToLong(RouteTarget::weight).sum();
        List<Way> ways = new ArrayList<>();
        long before = 0;
        for (RouteTarget target : targets) {
            long after = before + target.weight();
            Upstream meant = Subsets.alone(upstream(target.upstream()), target.subset());
            ways.add(new Way(meant, true, between(before * LOTS / total, after * LOTS / total)));
            before = after;
        }
        return ways;
    }

    private static List<String> between(long first, long end) {
        return first == 0 && end == LOTS ? List.of() : List.of("%s >= %d && %s < %d".formatted(LOT, first, LOT, end));
    }

    private Upstream upstream(String name) {
        return requireNonNull(upstreams.get(name));
    }
}
