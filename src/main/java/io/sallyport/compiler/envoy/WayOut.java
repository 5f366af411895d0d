package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/** How clusters reach out: straight, or through the forward proxy that a gateway must leave by. */
record WayOut(List<UpstreamProxy> proxy) {
    WayOut {
        proxy = List.copyOf(proxy);
    }

    static WayOut of(Snapshot snapshot) {
        return new WayOut(snapshot.settings().conduct().upstreamProxy());
    }

    /** What is said to reach an upstream. */
    enum Form {
        /** Nothing: it is connected to. */
        CONNECTION,
        /** A request for a whole URL, as forward proxies are asked for HTTP. */
        WHOLE_URL,
        /** CONNECT; what was asked for is inside. */
        TUNNEL
    }

    /** How requests are sent to it. */
    Form ofRequests(Upstream upstream) {
        if (proxy.isEmpty()) {
            return Form.CONNECTION;
        }
        boolean isAskedByUrl =
                HttpSpoken.to(upstream) == HttpSpoken.FIRST && !upstream.isOverTls() && isWhereTheHostIs(upstream);
        return isAskedByUrl ? Form.WHOLE_URL : Form.TUNNEL;
    }

    /** Whether bytes that nobody reads go straight; else in tunnels, where a proxy cannot take them for requests. */
    boolean isStraight() {
        return proxy.isEmpty();
    }

    // Elsewhere the URL would say another place than the one to go to.
    private static boolean isWhereTheHostIs(Upstream upstream) {
        return switch (upstream.resolution()) {
            case DYNAMIC, ORIGINAL -> true;
            case DNS ->
                upstream.endpoints().size() == 1
                        && upstream.name()
                                .endsWith("/" + upstream.endpoints().getFirst().address());
            case STATIC -> false;
        };
    }
}
