package io.sallyport.push.agent;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A place that traffic is sent to. */
final class UpstreamResource {
    private UpstreamResource() {}

    static AgentProtocol.Resource of(Upstream upstream) {
        return AgentProtocol.Resource.newBuilder()
                .setName("upstream/" + upstream.name())
                .setUpstream(AgentProtocol.Upstream.newBuilder()
                        .setName(upstream.name())
                        .setProtocol(protocol(upstream.protocol()))
                        .setResolution(resolution(upstream.resolution()))
                        .addAllEndpoints(upstream.endpoints().stream()
                                .map(UpstreamResource::endpoint)
                                .toList()))
                .build();
    }

    private static AgentProtocol.Upstream.Protocol protocol(DestinationPort.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTP;
            case HTTPS -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTPS;
            case HTTP2 -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTP2;
            case GRPC -> AgentProtocol.Upstream.Protocol.PROTOCOL_GRPC;
            case TLS -> AgentProtocol.Upstream.Protocol.PROTOCOL_TLS;
            case TCP -> AgentProtocol.Upstream.Protocol.PROTOCOL_TCP;
        };
    }

    private static AgentProtocol.Upstream.Resolution resolution(Resolution resolution) {
        return switch (resolution) {
            case DNS -> AgentProtocol.Upstream.Resolution.RESOLUTION_DNS;
            case STATIC -> AgentProtocol.Upstream.Resolution.RESOLUTION_STATIC;
            case DYNAMIC, ORIGINAL -> throw new UnsupportedOperationException("resolution " + resolution);
        };
    }

    private static AgentProtocol.Endpoint endpoint(Upstream.UpstreamEndpoint endpoint) {
        return AgentProtocol.Endpoint.newBuilder()
                .setAddress(endpoint.address())
                .setPort(endpoint.port().value())
                .build();
    }
}
