package io.sallyport.compiler.risk;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What routes make of the requests at a place, beside what others would; in doubt they send on more.
 *
 * @param others in the order in which they are tried; without any, all goes on
 * @param known to which upstreams anybody here may be led, by name
 * @param areJudged whether these were held against the same rules and policies as the others, so that they lead nowhere else
 *     than where everyone may go who may come here
 */
record WiderRoutes(List<CompiledRoute> others, List<CompiledRoute> these, Set<String> known, boolean areJudged) {

    /** Whether some request is sent on that the others answer, redirect or do not know, or that they send elsewhere. */
    boolean areWider() {
        if (these.isEmpty()) {
            return !isSentOn(RouteCriteria.NONE, Set.of());
        }
        Set<RouteCriteria> kept = new HashSet<>();
        for (CompiledRoute route : these) {
            Optional<RouteAction.Forward> forward = sendingOn(route);
            if (forward.isPresent() && !(isSentOn(route.criteria(), kept) && leadsWhereOthersDo(forward.get()))) {
                return true;
            }
            if (forward.isEmpty()) {
                kept.add(route.criteria());
            }
        }
        return false;
    }

    // One that sends on the same, or all; and none before it that keeps some, which is not kept here too.
    private boolean isSentOn(RouteCriteria criteria, Set<RouteCriteria> kept) {
        for (CompiledRoute other : others) {
            if (sendingOn(other).isEmpty()) {
                if (!kept.contains(other.criteria())) {
                    return false;
                }
            } else if (other.criteria().equals(criteria) || other.criteria().equals(RouteCriteria.NONE)) {
                return true;
            }
        }
        return others.isEmpty();
    }

    private static Optional<RouteAction.Forward> sendingOn(CompiledRoute route) {
        return switch (route.action()) {
            case RouteAction.Forward forward ->
                Optional.of(forward).filter(_ -> route.failure().isEmpty());
            case RouteAction.Redirect redirect -> Optional.empty();
            case RouteAction.Respond respond -> Optional.empty();
            case RouteAction.Refuse refuse -> Optional.empty();
        };
    }

    private boolean leadsWhereOthersDo(RouteAction.Forward forward) {
        return targets(forward).allMatch(known::contains)
                && (areJudged || othersHosts().containsAll(forward.edits().host()));
    }

    private Set<HostPattern> othersHosts() {
        return others.stream()
                .flatMap(other -> sendingOn(other).stream())
                .flatMap(forward -> forward.edits().host().stream())
                .collect(Collectors.toSet());
    }

    private static Stream<String> targets(RouteAction.Forward forward) {
        return Stream.concat(
                        forward.targets().stream(), forward.mirrors().stream().map(RouteMirror::target))
                .map(RouteTarget::upstream);
    }
}
