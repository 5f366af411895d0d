package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import java.util.List;

/** What happens to what a route means. */
public sealed interface RouteAction {

    /** Whether it depends on what the path of a request is. */
    default boolean rewritesPath() {
        return switch (this) {
            case Forward forward -> !forward.edits().path().isEmpty();
            case Redirect redirect -> !redirect.redirect().path().isEmpty();
            case Respond respond -> false;
            case Refuse refuse -> false;
        };
    }

    /**
     * It is sent on, to one of the targets by their weights.
     *
     * @param targets at least one; their weights are not all zero
     * @param mirrors who gets copies
     * @param retry at most one
     */
    record Forward(
            List<RouteTarget> targets,
            List<RouteMirror> mirrors,
            RequestEdits edits,
            RouteTimeouts timeouts,
            List<RetryPolicy> retry)
            implements RouteAction {
        public Forward {
            targets = List.copyOf(targets);
            mirrors = List.copyOf(mirrors);
            retry = List.copyOf(retry);
            if (targets.stream().mapToLong(RouteTarget::weight).sum() < 1) {
                throw new IllegalArgumentException("a route leads somewhere");
            }
        }
    }

    /** The source is told to go elsewhere. */
    record Redirect(RouteFilter.Redirect redirect) implements RouteAction {}

    /** It is answered here. */
    record Respond(RouteFilter.DirectResponse response) implements RouteAction {}

    /** It is refused, since the route leads where the rules do not: 403, {@code sallyport/route-escapes-rules}. */
    record Refuse() implements RouteAction {}

    /**
     * What is changed of a request before it is sent on.
     *
     * @param headers done after the rest
     * @param host an exact one in place of that of the request; at most one
     * @param path at most one
     */
    record RequestEdits(HeaderEdits headers, List<HostPattern> host, List<PathRewrite> path) {
        public static final RequestEdits NONE = new RequestEdits(HeaderEdits.NONE, List.of(), List.of());

        public RequestEdits {
            host = List.copyOf(host);
            path = List.copyOf(path);
        }
    }
}
