package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.function.Function;

/**
 * One of some endpoints for each connection, by weight: an expression on the millisecond in which it came. All parts of
 * one connection's choice are of the same endpoint.
 */
final class EndpointChoice {
    // Multiplied, so that connections which come one after the other do not all go the same way.
    private static final String LOT = "request.time.getMilliseconds() * 617 % 1000";

    private final List<UpstreamEndpoint> endpoints;
    private final int total;

    /** At least one endpoint. */
    EndpointChoice(List<UpstreamEndpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
        this.total = weight(endpoints);
    }

    /** A part of the endpoint, as an expression. */
    String of(Function<UpstreamEndpoint, Object> part) {
        return among(endpoints, 0, part);
    }

    /** The same as a format. */
    String formatOf(Function<UpstreamEndpoint, Object> part) {
        return endpoints.size() == 1 ? part.apply(endpoints.getFirst()).toString() : CelText.format(of(part));
    }

    // By halves, since Envoy reads but few levels.
    private String among(List<UpstreamEndpoint> some, int weightBefore, Function<UpstreamEndpoint, Object> part) {
        if (some.size() == 1) {
            return CelText.text(part.apply(some.getFirst()));
        }
        List<UpstreamEndpoint> first = some.subList(0, some.size() / 2);
        List<UpstreamEndpoint> second = some.subList(some.size() / 2, some.size());
        int bound = weightBefore + weight(first);
        return "(%s * %d / 1000 < %d ? %s : %s)"
                .formatted(LOT, total, bound, among(first, weightBefore, part), among(second, bound, part));
    }

    private static int weight(List<UpstreamEndpoint> endpoints) {
        return endpoints.stream().mapToInt(UpstreamEndpoint::weight).sum();
    }
}
