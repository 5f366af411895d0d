package io.sallyport.compiler;

import static java.util.Objects.requireNonNull;

import io.sallyport.domain.Resource;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.snapshot.RouteCriteria;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Matches that nothing is left for, since one that asks the very same of the same hosts comes before. */
record RouteRepeats(Checked checked, Report report) {

    void of(Resource<TrafficRoute> route) {
        Map<Asked, RouteCandidate> first = new HashMap<>();
        checked.state().routes().stream()
                .filter(other -> isBeside(route.spec(), other) || other.name().equals(route.name()))
                .flatMap(RouteRepeats::candidates)
                .sorted(RouteCandidate.ORDER)
                .forEach(candidate -> first.putIfAbsent(Asked.by(candidate), candidate));
        candidates(route).forEach(candidate -> {
            RouteCandidate taken = requireNonNull(first.get(Asked.by(candidate)));
            if (!taken.equals(candidate)) {
                told(candidate, taken);
            }
        });
    }

    private void told(RouteCandidate candidate, RouteCandidate first) {
        boolean isOwn = first.route().name().equals(candidate.route().name());
        report.warning(
                candidate.route(),
                candidate.says().matches().isEmpty()
                        ? "/spec/rules/%d".formatted(candidate.rule())
                        : "/spec/rules/%d/matches/%d".formatted(candidate.rule(), candidate.match()),
                "RouteShadowed",
                "nothing ever takes it: rule %d of %s asks the same of the same hosts and comes first, so take one of them out"
                        .formatted(
                                first.rule(),
                                isOwn ? "this route" : first.route().key().toString()));
    }

    private static boolean isBeside(TrafficRoute route, Resource<TrafficRoute> other) {
        return Set.copyOf(route.parents()).equals(Set.copyOf(other.spec().parents()))
                && Set.copyOf(route.hostnames()).equals(Set.copyOf(other.spec().hostnames()));
    }

    // As if for one host, which is the same for all that are compared.
    private static Stream<RouteCandidate> candidates(Resource<TrafficRoute> route) {
        return Stream.iterate(0, rule -> rule < route.spec().rules().size(), rule -> rule + 1)
                .flatMap(rule -> Stream.iterate(
                                0,
                                match -> match
                                        < route.spec()
                                                .rules()
                                                .get(rule)
                                                .alternatives()
                                                .size(),
                                match -> match + 1)
                        .map(match -> new RouteCandidate(route, rule, match, RouteParent.Kind.DESTINATION, List.of())));
    }

    /** All that a match asks, in whatever order it is written. */
    private record Asked(RouteCriteria criteria, Set<Object> fields, Set<HostPattern> sni, List<PortNumber> port) {
        static Asked by(RouteCandidate candidate) {
            RouteMatch match = candidate.asks();
            RouteCriteria criteria = candidate.criteria();
            Set<Object> fields = new HashSet<>();
            criteria.headers().forEach(field -> fields.add(List.of("header", field)));
            criteria.queryParams().forEach(field -> fields.add(List.of("query", field)));
            return new Asked(
                    new RouteCriteria(criteria.path(), List.of(), List.of(), criteria.method(), criteria.isGrpc()),
                    fields,
                    Set.copyOf(match.sni()),
                    match.port());
        }
    }
}
