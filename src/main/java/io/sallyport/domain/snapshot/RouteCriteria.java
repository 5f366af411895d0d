package io.sallyport.domain.snapshot;

import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import java.util.List;

/**
 * What a request must be for a route to be its own; all parts must hold. Host and port are no part of it: they are those
 * of the entry that the route stands in.
 *
 * @param method at most one
 * @param isGrpc whether its content must be that of gRPC ({@code application/grpc}, with or without {@code +}suffix)
 */
public record RouteCriteria(
        PathMatch path, List<FieldMatch> headers, List<FieldMatch> queryParams, List<String> method, boolean isGrpc) {
    public static final RouteCriteria NONE = new RouteCriteria(PathMatch.any(), List.of(), List.of(), List.of(), false);

    public RouteCriteria {
        headers = List.copyOf(headers);
        queryParams = List.copyOf(queryParams);
        method = List.copyOf(method);
    }
}
