package io.sallyport.domain.route;

import java.util.List;

/**
 * A call of gRPC (Gateway API, GRPCMethodMatch of type Exact): at least one of the two.
 *
 * @param service with its package, {@code shop.v1.Orders} for example; at most one
 * @param method at most one
 */
public record GrpcMatch(List<String> service, List<String> method) {
    public GrpcMatch {
        service = List.copyOf(service);
        method = List.copyOf(method);
        if (service.size() > 1 || method.size() > 1 || service.size() + method.size() == 0) {
            throw new IllegalArgumentException("a call is matched by its service, its method or both");
        }
    }

    /** The same as a match on paths, which are {@code /service/method}. */
    public PathMatch path() {
        if (service.isEmpty()) {
            return new PathMatch.Regex("/[^/]+/" + method.getFirst());
        }
        return method.isEmpty()
                ? new PathMatch.Prefix("/" + service.getFirst())
                : new PathMatch.Exact("/" + service.getFirst() + "/" + method.getFirst());
    }
}
