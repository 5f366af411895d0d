package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import io.sallyport.domain.route.RetryPolicy.Budget;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The traffic routes of some ports. */
final class UsedRoutes {
    private final List<CompiledRoute> routes;

    /** {@code routes} are all that there are, by id. */
    UsedRoutes(Collection<PortEntry> ports, Map<String, CompiledRoute> routes) {
        this.routes = ports.stream()
                .flatMap(port -> port.routes().stream())
                .distinct()
                .map(id -> requireNonNull(routes.get(id)))
                .toList();
    }

    List<CompiledRoute> routes() {
        return routes;
    }

    /** Names of those that they lead to or send copies to. */
    Stream<String> upstreams() {
        return Stream.concat(
                        targets(),
                        forwards()
                                .flatMap(forward -> forward.mirrors().stream())
                                .map(RouteMirror::target))
                .map(RouteTarget::upstream);
    }

    Stream<RouteTarget> targets() {
        return forwards().flatMap(forward -> forward.targets().stream());
    }

    Stream<Forward> forwards() {
        return routes.stream()
                .map(CompiledRoute::action)
                .filter(Forward.class::isInstance)
                .map(Forward.class::cast);
    }

    /**
     * How much may be sent again to an upstream at once. Envoy counts that for an upstream and not for a route, so where
     * routes say different things the least holds, for all that is sent there.
     */
    Optional<Budget> budget(String upstream) {
        List<Budget> budgets = forwards()
                .filter(forward -> forward.targets().stream()
                        .anyMatch(target -> target.upstream().equals(upstream)))
                .flatMap(forward -> forward.retry().stream())
                .flatMap(retry -> retry.budget().stream())
                .toList();
        return budgets.stream()
                .map(Budget::percent)
                .min(Comparator.comparingInt(percent -> percent.millionths()))
                .map(percent -> new Budget(
                        percent,
                        budgets.stream().mapToInt(Budget::minConcurrency).min().orElseThrow()));
    }
}
