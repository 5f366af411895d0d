package io.sallyport.compiler.explain;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Map;

/** Chooses the route that something takes among those of its port. */
final class RouteChoice {
    private final Map<String, CompiledRoute> byId;

    RouteChoice(Snapshot snapshot) {
        byId = snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity()));
    }

    Routing of(PortEntry port, Approach approach) {
        List<CompiledRoute> routes =
                port.routes().stream().map(id -> requireNonNull(byId.get(id))).toList();
        if (routes.isEmpty()) {
            return new Routing.ToOwner();
        }
        return switch (approach) {
            case Approach.HttpRequest request -> of(routes, request);
            case Approach.Tunnel tunnel -> new Routing.ToOwner();
            // Of what is not read nothing is asked, so the first is taken.
            case Approach.ClientHello hello -> new Routing.Taken(routes.getFirst());
            case Approach.Connection connection -> new Routing.Taken(routes.getFirst());
        };
    }

    private static Routing of(List<CompiledRoute> routes, Approach.HttpRequest request) {
        RequestSeen seen = RequestSeen.of(request);
        if (routes.stream().anyMatch(CompiledRoute::asksOfPath) && AmbiguousPath.is(seen.path())) {
            return new Routing.AmbiguousPath();
        }
        return routes.stream()
                .filter(route -> seen.meets(route.criteria()))
                .findFirst()
                .<Routing>map(Routing.Taken::new)
                .orElseGet(Routing.NoRoute::new);
    }
}
