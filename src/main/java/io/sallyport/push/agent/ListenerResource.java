package io.sallyport.push.agent;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A port that a gateway listens on. */
final class ListenerResource {
    private ListenerResource() {}

    static AgentProtocol.Resource of(Listener listener) {
        return AgentProtocol.Resource.newBuilder()
                .setName("listener/" + listener.name())
                .setListener(AgentProtocol.Listener.newBuilder()
                        .setName(listener.name().value())
                        .setAddress(listener.address().value())
                        .setPort(listener.port().value())
                        .setProtocol(protocol(listener.protocol())))
                .build();
    }

    private static AgentProtocol.Listener.Protocol protocol(Listener.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> AgentProtocol.Listener.Protocol.PROTOCOL_HTTP;
            case TLS -> AgentProtocol.Listener.Protocol.PROTOCOL_TLS;
            case HTTPS, TCP, CONNECT -> throw new UnsupportedOperationException("listener " + protocol);
        };
    }
}
