package io.sallyport.compiler;

import io.sallyport.domain.Resource;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.snapshot.RouteCriteria;
import java.util.Comparator;
import java.util.List;

/**
 * A match of a route that applies to a host and port.
 *
 * @param rule its place among the rules of the route, from 0
 * @param match its place among the matches of the rule, from 0
 * @param covering the most specific of the hostnames of the route that cover the host; none where it names no hosts
 */
record RouteCandidate(
        Resource<TrafficRoute> route, int rule, int match, RouteParent.Kind parent, List<HostPattern> covering) {
    /** The order in which routes are tried; see docs/routes.md. */
    static final Comparator<RouteCandidate> ORDER = Comparator.comparing(
                    RouteCandidate::covering, RouteCandidate::moreSpecificFirst)
            .thenComparing(RouteCandidate::parent)
            .thenComparing(RouteCandidate::criteria, RouteCandidate::narrowerFirst)
            .thenComparing(one -> one.route().name())
            .thenComparingInt(RouteCandidate::rule)
            .thenComparingInt(RouteCandidate::match);

    RouteRule says() {
        return route.spec().rules().get(rule);
    }

    RouteMatch asks() {
        return says().alternatives().get(match);
    }

    RouteCriteria criteria() {
        RouteMatch match = asks();
        PathMatch path = match.grpc().isEmpty()
                ? match.path().stream().findFirst().orElse(PathMatch.any())
                : match.grpc().getFirst().path();
        return new RouteCriteria(
                path,
                match.headers(),
                match.queryParams(),
                match.method(),
                !match.grpc().isEmpty());
    }

    private static int moreSpecificFirst(List<HostPattern> one, List<HostPattern> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        if (one.getFirst().isMoreSpecificThan(other.getFirst())) {
            return -1;
        }
        return other.getFirst().isMoreSpecificThan(one.getFirst()) ? 1 : 0;
    }

    private static int narrowerFirst(RouteCriteria one, RouteCriteria other) {
        return Comparator.comparingInt((RouteCriteria criteria) -> rank(criteria.path()))
                .thenComparingInt(criteria -> -prefixLength(criteria.path()))
                .thenComparing(criteria -> criteria.method().isEmpty())
                .thenComparingInt(criteria -> -criteria.headers().size())
                .thenComparingInt(criteria -> -criteria.queryParams().size())
                .compare(one, other);
    }

    // An expression comes after all prefixes that mean something, and before that of every path.
    private static int rank(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact exact -> 0;
            case PathMatch.Prefix prefix -> prefix.isSelective() ? 1 : 3;
            case PathMatch.Regex regex -> 2;
        };
    }

    private static int prefixLength(PathMatch path) {
        return path instanceof PathMatch.Prefix prefix ? prefix.value().length() : 0;
    }
}
