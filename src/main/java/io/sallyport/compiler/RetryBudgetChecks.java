package io.sallyport.compiler;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.RetryPolicy.Budget;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Retries are counted by destination port, whoever asked for them. So where rules of routes ask for different budgets of one
 * port, the least of each part holds for all of them, and whoever writes one of them is told.
 */
record RetryBudgetChecks(Checked checked, Report report) {

    void run() {
        List<Asking> all = checked.state().routes().stream()
                .flatMap(RetryBudgetChecks::asking)
                .toList();
        checked.touched(checked.state().routes(), Kind.TRAFFIC_ROUTE).stream()
                .flatMap(RetryBudgetChecks::asking)
                .forEach(asking -> all.stream()
                        .filter(other -> !other.budget().equals(asking.budget()) && other.meets(asking))
                        .findFirst()
                        .ifPresent(other -> tell(asking, other)));
    }

    private void tell(Asking asking, Asking other) {
        report.warning(
                asking.route(),
                "/spec/rules/%d/retry".formatted(asking.rule()),
                "RetryBudgetShared",
                "rule %d of %s may lead to the same destination port and asks for %s: retries are counted by port, so the least of each part holds for both; say the same budget in both"
                        .formatted(
                                other.rule(),
                                other.route().name().equals(asking.route().name())
                                        ? "this route"
                                        : other.route().key(),
                                other.budget().isEmpty() ? "no budget" : "another budget"));
    }

    private static Stream<Asking> asking(Resource<TrafficRoute> route) {
        List<RouteRule> rules = route.spec().rules();
        return IntStream.range(0, rules.size())
                .filter(rule -> !rules.get(rule).retry().isEmpty())
                .mapToObj(rule -> new Asking(
                        route,
                        rule,
                        rules.get(rule).retry().getFirst().budget(),
                        places(route, rules.get(rule)).toList()));
    }

    private static Stream<Place> places(Resource<TrafficRoute> route, RouteRule rule) {
        return rule.backends().isEmpty()
                ? route.spec().parents().stream().map(parent -> owner(route, parent))
                : rule.backends().stream()
                        .map(backend -> new Place(
                                List.of(backend.target().destination()),
                                backend.target().port()));
    }

    // Whatever is behind a gateway.
    private static Place owner(Resource<TrafficRoute> route, RouteParent parent) {
        return switch (parent.kind()) {
            case DESTINATION -> new Place(List.of(new ResourceName(route.namespace(), parent.name())), parent.port());
            case EGRESS_GATEWAY -> new Place(List.of(), List.of());
        };
    }

    private record Asking(Resource<TrafficRoute> route, int rule, List<Budget> budget, List<Place> places) {
        boolean meets(Asking other) {
            return places.stream().anyMatch(place -> other.places.stream().anyMatch(place::meets));
        }
    }

    /** Where requests may be sent; any where nothing is said. */
    private record Place(List<ResourceName> destination, List<PortNumber> port) {
        boolean meets(Place other) {
            return areAlike(destination, other.destination) && areAlike(port, other.port);
        }

        private static boolean areAlike(List<?> one, List<?> other) {
            return one.isEmpty() || other.isEmpty() || one.equals(other);
        }
    }
}
