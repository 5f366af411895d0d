package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.sallyport.compiler.envoy.RouteAlternatives.Alternative;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The traffic routes of a port, in order; the last says that none is meant. All are stamped, so rules decide first. */
record PortRoutes(Map<String, CompiledRoute> routes, Forwarding forwarding) {

    List<Route> of(PortEntry port, Stamp stamp, List<HeaderMatcher> authority) {
        List<CompiledRoute> own =
                port.routes().stream().map(id -> requireNonNull(routes.get(id))).toList();
        List<Route> all = new ArrayList<>(ambiguous(own, stamp, authority));
        RouteAlternatives.of(own).stream()
                .map(alternative -> route(alternative, stamp, authority))
                .forEach(all::add);
        return all;
    }

    // Before the others, for none of them would read such a path as the upstream may.
    private static List<Route> ambiguous(List<CompiledRoute> own, Stamp stamp, List<HeaderMatcher> authority) {
        return own.stream().anyMatch(CompiledRoute::asksOfPath)
                ? List.of(RouteAnswer.AMBIGUOUS_PATH
                        .by(stamp.route())
                        .setMatch(RouteMatches.pathWith(AmbiguousPath.PART).addAllHeaders(authority))
                        .build())
                : List.of();
    }

    private Route route(Alternative alternative, Stamp stamp, List<HeaderMatcher> authority) {
        return alternative.route().stream()
                .findFirst()
                .map(route -> to(route, stamp)
                        .setMatch(RouteMatches.of(route.criteria(), alternative.queryParams())
                                .addAllHeaders(authority))
                        .build())
                .orElseGet(() -> RouteAnswer.NO_ROUTE
                        .by(stamp.route())
                        .setMatch(RouteMatches.anyPath()
                                .addAllQueryParameters(RouteMatches.queryParameters(alternative.queryParams()))
                                .addAllHeaders(authority))
                        .build());
    }

    private Route.Builder to(CompiledRoute compiled, Stamp stamp) {
        Route.Builder route = stamp.route().setName(name(compiled));
        switch (compiled.action()) {
            case RouteAction.Forward forward ->
                forwarding.apply(route, compiled.criteria().path(), forward);
            case RouteAction.Redirect(var redirect) ->
                RouteAnswers.redirect(route, compiled.criteria().path(), redirect);
            case RouteAction.Respond(var response) -> RouteAnswers.respond(route, response);
            case RouteAction.Refuse refuse -> RouteAnswer.ESCAPES_RULES.by(route);
        }
        HeaderChanges.toResponse(route, compiled.responseHeaders());
        compiled.fault().forEach(fault -> route.putTypedPerFilterConfig(Faults.FILTER, Faults.of(fault)));
        return route;
    }

    /** As logs have it. */
    private static String name(CompiledRoute route) {
        return "%s/%d/%d".formatted(route.route(), route.rule(), route.match());
    }
}
