package io.sallyport.compiler.envoy;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Name;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.Optional;

/**
 * An upstream as copies of requests are sent to it. Envoy sends them by themselves, without a connection that anybody
 * asked by: a filter that judges addresses passes them unseen, and nothing is told with them. So what is resolved for them
 * is resolved by a cache that leaves out what is refused, and no credential goes with them.
 */
final class Copies {
    private static final String NAME = "copies/";

    private Copies() {}

    /** Nothing where the client would say where they go. */
    static Optional<Upstream> of(Upstream upstream, List<Name> subset, WayOut wayOut) {
        Upstream meant = Subsets.alone(upstream, subset);
        return switch (meant.resolution()) {
            case STATIC -> Optional.of(with(meant, Resolution.STATIC, meant.endpoints()));
            case DNS ->
                Optional.of(
                        isConnectedTo(meant, wayOut)
                                ? resolved(meant)
                                : with(meant, Resolution.DNS, meant.endpoints()));
            case DYNAMIC, ORIGINAL -> Optional.empty();
        };
    }

    /** Whether copies say by their host where they go. */
    static boolean areByName(Upstream upstream, WayOut wayOut) {
        return upstream.resolution() == Resolution.DNS && isConnectedTo(upstream, wayOut);
    }

    private static boolean isConnectedTo(Upstream upstream, WayOut wayOut) {
        return wayOut.ofRequests(upstream) == WayOut.Form.CONNECTION;
    }

    private static Upstream resolved(Upstream upstream) {
        return with(upstream, Resolution.DYNAMIC, List.of());
    }

    private static Upstream with(Upstream upstream, Resolution resolution, List<UpstreamEndpoint> endpoints) {
        return new Upstream(
                NAME + upstream.name(),
                upstream.destination(),
                upstream.port(),
                upstream.targetPort(),
                upstream.protocol(),
                resolution,
                endpoints,
                List.of(),
                upstream.settings(),
                upstream.tls(),
                List.of());
    }
}
