package io.sallyport.push.agent;

import io.sallyport.push.agent.v1.AgentProtocol.Drain;
import io.sallyport.push.agent.v1.AgentProtocol.Renewal;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Welcome;
import java.time.Instant;

/** What the server says beside snapshots. */
final class ControlMessages {
    private ControlMessages() {}

    static ServerMessage welcome(int protocol, AgentProtocolSettings settings) {
        return ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setProtocol(protocol)
                        .setHeartbeatInterval(Times.of(settings.heartbeatInterval())))
                .build();
    }

    static ServerMessage drain(AgentProtocolSettings settings) {
        return ServerMessage.newBuilder()
                .setDrain(Drain.newBuilder().setReconnectWithin(Times.of(settings.reconnectWithin())))
                .build();
    }

    static ServerMessage renewal(Instant validUntil) {
        return ServerMessage.newBuilder()
                .setRenewal(Renewal.newBuilder().setValidUntil(Times.of(validUntil)))
                .build();
    }
}
