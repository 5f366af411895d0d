package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;

/** What a client says of what it has from before its stream. */
final class Possessions {
    private Possessions() {}

    /** Whether that is something; an answer to what it was sent on this stream says nothing of it. */
    static boolean areIn(Object request) {
        return switch (request) {
            case DeltaDiscoveryRequest delta -> delta.getInitialResourceVersionsCount() > 0;
            case DiscoveryRequest state ->
                !state.getVersionInfo().isEmpty() && state.getResponseNonce().isEmpty();
            default -> false;
        };
    }
}
