package io.sallyport.push.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Violation;
import io.sallyport.domain.agent.AgentStatus.Protocol;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One of the two ways to speak xDS: how to read its requests, and how to converse about a type.
 *
 * @param effort how many plain requests one is worth
 * @param aggregated whether one stream carries all types
 */
record Variant<Q, R>(
        Protocol protocol,
        boolean aggregated,
        Function<Q, Node> node,
        Function<Q, String> typeUrl,
        ToDoubleFunction<Q> effort,
        Opening<Q, R> opening) {

    private static final int NAMES_PER_REQUEST = 100;

    /** How a conversation about a type begins. */
    interface Opening<Q, R> {
        TypeSession<Q, R> open(WireType type, RefusedSecrets.OfAgent refusedBefore, SharedNames sharing);
    }

    static final Variant<DeltaDiscoveryRequest, DeltaDiscoveryResponse> DELTA = new Variant<>(
            Protocol.XDS_DELTA,
            true,
            DeltaDiscoveryRequest::getNode,
            DeltaDiscoveryRequest::getTypeUrl,
            Variant::effort,
            DeltaTypeSession::new);

    static final Variant<DiscoveryRequest, DiscoveryResponse> STATE_OF_THE_WORLD = new Variant<>(
            Protocol.XDS_STATE_OF_THE_WORLD,
            true,
            DiscoveryRequest::getNode,
            DiscoveryRequest::getTypeUrl,
            ignored -> 1,
            StateTypeSession::new);

    /** The same with a stream for this type alone, which need not be said there. */
    Variant<Q, R> ofOneType(ResourceType type) {
        return new Variant<>(
                protocol, false, node, request -> onlyType(typeUrl.apply(request), type.typeUrl()), effort, opening);
    }

    private static String onlyType(String said, String only) {
        if (!said.isEmpty() && !said.equals(only)) {
            throw FailureException.invalid(List.of(
                    new Violation("/type_url", "OtherType", "this service serves %s, not %s".formatted(only, said))));
        }
        return only;
    }

    // In the state of the world each request says all names, so there they say nothing of what is new.
    private static double effort(DeltaDiscoveryRequest request) {
        int names = request.getResourceNamesSubscribeCount()
                + request.getResourceNamesUnsubscribeCount()
                + request.getInitialResourceVersionsCount();
        return 1 + (double) names / NAMES_PER_REQUEST;
    }
}
