package io.sallyport.domain.route;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * What a request must be; every part that is there must hold.
 *
 * @param path at most one, and none where {@code grpc} is there
 * @param headers all of them must match
 * @param queryParams all of them must match
 * @param method of HTTP, in its own case; at most one, and none where {@code grpc} is there
 * @param grpc at most one
 * @param sni server names of TLS that is passed through, any of which must cover the one that is asked for; exact or
 *     suffixes
 * @param ports numbers of the destination's ports, any of which must be the one that is asked for; any where empty
 */
public record RouteMatch(
        List<PathMatch> path,
        List<FieldMatch> headers,
        List<FieldMatch> queryParams,
        List<String> method,
        List<GrpcMatch> grpc,
        List<HostPattern> sni,
        List<PortNumber> ports) {
    public static final RouteMatch ANYTHING =
            new RouteMatch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public RouteMatch {
        path = List.copyOf(path);
        headers = List.copyOf(headers);
        queryParams = List.copyOf(queryParams);
        method = List.copyOf(method);
        grpc = List.copyOf(grpc);
        sni = List.copyOf(sni);
        ports = List.copyOf(ports);
        if (path.size() > 1 || method.size() > 1 || grpc.size() > 1) {
            throw new IllegalArgumentException("a match has at most one path, method and grpc");
        }
        if (!grpc.isEmpty() && !(path.isEmpty() && method.isEmpty())) {
            throw new IllegalArgumentException("grpc says path and method itself");
        }
    }

    /** Whether it asks for something that HTTP requests alone have. */
    public boolean asksOfHttp() {
        return !(path.isEmpty() && headers.isEmpty() && queryParams.isEmpty() && method.isEmpty() && grpc.isEmpty());
    }
}
