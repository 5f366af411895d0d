package io.sallyport.push.agent;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A port that a gateway listens on. */
final class ListenerResource {
    private ListenerResource() {}

    static AgentProtocol.Resource of(ListenerSnapshot snapshot) {
        Listener listener = snapshot.listener();
        AgentProtocol.Listener.Builder body = AgentProtocol.Listener.newBuilder()
                .setName(listener.name().value())
                .setAddress(listener.address().value())
                .setPort(listener.port().value())
                .setProtocol(protocol(listener.protocol()))
                .setAcceptProxyProtocol(listener.acceptsProxyProtocol())
                .setPolicy(snapshot.policy())
                .addAllJwt(snapshot.jwt().stream().map(JwtFields::of).toList());
        listener.tls().forEach(tls -> body.setTls(tls(tls)));
        return AgentProtocol.Resource.newBuilder()
                .setName("listener/" + listener.name())
                .setListener(body)
                .build();
    }

    private static AgentProtocol.Listener.Protocol protocol(Listener.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> AgentProtocol.Listener.Protocol.PROTOCOL_HTTP;
            case HTTPS -> AgentProtocol.Listener.Protocol.PROTOCOL_HTTPS;
            case TLS -> AgentProtocol.Listener.Protocol.PROTOCOL_TLS;
            case TCP -> AgentProtocol.Listener.Protocol.PROTOCOL_TCP;
            case CONNECT -> AgentProtocol.Listener.Protocol.PROTOCOL_CONNECT;
        };
    }

    private static AgentProtocol.Listener.Tls tls(ListenerTls tls) {
        AgentProtocol.Listener.Tls.Builder body = AgentProtocol.Listener.Tls.newBuilder()
                .setMode(mode(tls.mode()))
                .setCertificate(tls.credential().toString());
        tls.clientCa().forEach(name -> body.setClientCa(name.toString()));
        return body.build();
    }

    private static AgentProtocol.Listener.Tls.Mode mode(ListenerTls.Mode mode) {
        return switch (mode) {
            case TERMINATE -> AgentProtocol.Listener.Tls.Mode.MODE_TERMINATE;
            case MUTUAL -> AgentProtocol.Listener.Tls.Mode.MODE_MUTUAL;
        };
    }
}
