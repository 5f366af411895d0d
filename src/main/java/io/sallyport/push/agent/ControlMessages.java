package io.sallyport.push.agent;

import com.google.protobuf.Duration;
import io.sallyport.push.agent.v1.AgentProtocol.Drain;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Welcome;

/** What the server says beside snapshots. */
final class ControlMessages {
    private ControlMessages() {}

    static ServerMessage welcome(int protocol, AgentProtocolSettings settings) {
        return ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setProtocol(protocol)
                        .setHeartbeatInterval(duration(settings.heartbeatInterval())))
                .build();
    }

    static ServerMessage drain(AgentProtocolSettings settings) {
        return ServerMessage.newBuilder()
                .setDrain(Drain.newBuilder().setReconnectWithin(duration(settings.reconnectWithin())))
                .build();
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
