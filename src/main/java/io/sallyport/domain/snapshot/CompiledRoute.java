package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RouteFilter;
import java.util.List;

/**
 * One match of one rule of a route, with what then happens; for a listener that passes on what it does not read, what
 * happens to every connection.
 *
 * @param id tells it from all others of a snapshot: {@code namespace/route/rule/match/} and a hash of the rest, since the
 *     same match can lead to different places on different hosts
 * @param rule its place among the rules of the route, from 0
 * @param match its place among the matches of the rule, from 0
 * @param responseHeaders what is done to the headers of what is answered, by whomever
 * @param fault at most one
 */
public record CompiledRoute(
        String id,
        ResourceName route,
        int rule,
        int match,
        RouteCriteria criteria,
        RouteAction action,
        HeaderEdits responseHeaders,
        List<RouteFilter.Fault> fault) {
    public CompiledRoute {
        fault = List.copyOf(fault);
    }

    public CompiledRoute named(String newId) {
        return new CompiledRoute(newId, route, rule, match, criteria, action, responseHeaders, fault);
    }

    /** What every request of it is answered, since it is to fail on purpose; at most one. */
    public List<Integer> failure() {
        return fault.stream()
                .flatMap(one -> one.abort().stream())
                .filter(abort -> abort.percent().equals(Percentage.ALL))
                .map(RouteFilter.Abort::status)
                .toList();
    }

    /** Whether it has to be known what the path of a request is, so that an ambiguous one is refused. */
    public boolean asksOfPath() {
        return criteria.path().isSelective() || action.rewritesPath();
    }
}
