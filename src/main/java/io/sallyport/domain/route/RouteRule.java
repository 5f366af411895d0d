package io.sallyport.domain.route;

import java.util.List;

/**
 * What happens to a request that one of the matches means.
 *
 * @param matches alternatives; every request where empty
 * @param backends where it goes, by weight, of which the sum is positive; to the owner of its host where empty
 * @param retry at most one
 */
public record RouteRule(
        List<RouteMatch> matches,
        List<RouteFilter> filters,
        List<RouteBackend> backends,
        RouteTimeouts timeouts,
        List<RetryPolicy> retry) {
    public RouteRule {
        matches = List.copyOf(matches);
        filters = List.copyOf(filters);
        backends = List.copyOf(backends);
        retry = List.copyOf(retry);
        if (retry.size() > 1) {
            throw new IllegalArgumentException("a rule has at most one retry");
        }
        if (!backends.isEmpty() && backends.stream().allMatch(backend -> backend.weight() == 0)) {
            throw new IllegalArgumentException("the weights of the backends sum to zero, so nothing would go anywhere");
        }
    }

    /** The matches, of which there is always one. */
    public List<RouteMatch> alternatives() {
        return matches.isEmpty() ? List.of(RouteMatch.ANYTHING) : matches;
    }

    /** Whether it asks for something that can be done to HTTP requests alone, whatever its matches ask for. */
    public boolean actsOnHttp() {
        return !filters.isEmpty() || !retry.isEmpty() || timeouts.isOfRequests();
    }
}
