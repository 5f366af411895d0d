package io.sallyport.push.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.domain.agent.AgentStatus.Protocol;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One of the two ways to speak xDS: how to read its requests, and how to converse about a type.
 *
 * @param aggregated whether one stream carries all types
 */
record Variant<Q, R>(
        Protocol protocol,
        boolean aggregated,
        Function<Q, Node> node,
        Function<Q, String> typeUrl,
        BiFunction<WireType, RefusedSecrets.OfAgent, TypeSession<Q, R>> opening) {

    static final Variant<DeltaDiscoveryRequest, DeltaDiscoveryResponse> DELTA = new Variant<>(
            Protocol.XDS_DELTA,
            true,
            DeltaDiscoveryRequest::getNode,
            DeltaDiscoveryRequest::getTypeUrl,
            DeltaTypeSession::new);

    static final Variant<DiscoveryRequest, DiscoveryResponse> STATE_OF_THE_WORLD = new Variant<>(
            Protocol.XDS_STATE_OF_THE_WORLD,
            true,
            DiscoveryRequest::getNode,
            DiscoveryRequest::getTypeUrl,
            StateTypeSession::new);

    /** The same with a stream for each type. */
    Variant<Q, R> ofOneType() {
        return new Variant<>(protocol, false, node, typeUrl, opening);
    }
}
