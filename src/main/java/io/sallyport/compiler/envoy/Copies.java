package io.sallyport.compiler.envoy;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Upstream;
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
        return sentByEnvoy(NAME + meant.name(), meant, meant.tls(), wayOut);
    }

    /**
     * Another upstream of that name, where what Envoy sends by itself comes to no address that is refused, and to nobody
     * unverified: no filter would see that the exception is over.
     */
    static Optional<Upstream> sentByEnvoy(String name, Upstream upstream, TlsOrigination tls, WayOut wayOut) {
        return switch (upstream.resolution()) {
            case STATIC -> Optional.of(with(name, upstream, tls, Resolution.STATIC));
            case DNS ->
                Optional.of(
                        isConnectedTo(upstream, wayOut)
                                ? with(name, upstream, tls, Resolution.DYNAMIC)
                                : with(name, upstream, tls, Resolution.DNS));
            case DYNAMIC, ORIGINAL -> Optional.empty();
        };
    }

    /** Whether copies say by their host where they go. */
    static boolean areByName(Upstream upstream, WayOut wayOut) {
        return upstream.resolution() == Resolution.DNS && isConnectedTo(upstream, wayOut);
    }

    /** By whom it is resolved, the usual port is left out. */
    static String authority(String host, PortNumber port, Upstream upstream) {
        boolean isUsual = port.value() == (upstream.isOverTls() ? 443 : 80);
        return isUsual ? host : host + ":" + port;
    }

    private static boolean isConnectedTo(Upstream upstream, WayOut wayOut) {
        return wayOut.ofRequests(upstream) == WayOut.Form.CONNECTION;
    }

    private static Upstream with(String name, Upstream upstream, TlsOrigination tls, Resolution resolution) {
        return new Upstream(
                name,
                upstream.destination(),
                upstream.port(),
                upstream.targetPort(),
                upstream.protocol(),
                resolution,
                upstream.endpoints(),
                List.of(),
                upstream.settings(),
                tls.withUnverified(List.of()),
                List.of());
    }
}
