package io.sallyport.local.conformance;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Optional;

/** When a client says who it is: as an Envoy does in every request, or once. Used under the lock of its wire. */
final class Saying {
    private final Node node;
    private final boolean isOnce;
    private boolean isSaid;

    Saying(Node node, boolean isOnce) {
        this.node = node;
        this.isOnce = isOnce;
    }

    Optional<Node> next() {
        boolean says = !isOnce || !isSaid;
        isSaid = true;
        return says ? Optional.of(node) : Optional.empty();
    }
}
