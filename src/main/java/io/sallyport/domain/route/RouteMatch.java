package io.sallyport.domain.route;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.Arrays;
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
 * @param port the number of the destination's port that must be asked for; at most one
 */
public record RouteMatch(
        List<PathMatch> path,
        List<FieldMatch> headers,
        List<FieldMatch> queryParams,
        List<String> method,
        List<GrpcMatch> grpc,
        List<HostPattern> sni,
        List<PortNumber> port) {
    public static final RouteMatch ANYTHING =
            new RouteMatch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public RouteMatch {
        path = List.copyOf(path);
        headers = List.copyOf(headers);
        queryParams = List.copyOf(queryParams);
        method = List.copyOf(method);
        grpc = List.copyOf(grpc);
        sni = List.copyOf(sni);
        port = List.copyOf(port);
        if (path.size() > 1 || method.size() > 1 || grpc.size() > 1 || port.size() > 1) {
            throw new IllegalArgumentException("a match has at most one path, method, grpc and port");
        }
        if (!grpc.isEmpty() && !(path.isEmpty() && method.isEmpty())) {
            throw new IllegalArgumentException("grpc says path and method itself");
        }
        if (!sni.isEmpty() && asksOfHttp(path, headers, queryParams, method, grpc)) {
            throw new IllegalArgumentException("who passes TLS on by its sni reads no HTTP");
        }
    }

    /** Whether it asks for something that HTTP requests alone have. */
    public boolean asksOfHttp() {
        return asksOfHttp(path, headers, queryParams, method, grpc);
    }

    private static boolean asksOfHttp(List<?>... parts) {
        return Arrays.stream(parts).anyMatch(part -> !part.isEmpty());
    }
}
