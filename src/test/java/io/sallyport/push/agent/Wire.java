package io.sallyport.push.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.util.List;

/** Reads messages as an agent does: from their bytes. */
final class Wire {
    private Wire() {}

    static AgentProtocol.Snapshot onlySnapshot(List<ServerMessage> messages) {
        List<AgentProtocol.Snapshot> all = snapshots(messages);
        if (all.size() != 1) {
            throw new AssertionError("one message expected, not " + all.size());
        }
        return all.getFirst();
    }

    static List<AgentProtocol.Snapshot> snapshots(List<ServerMessage> messages) {
        return messages.stream().map(Wire::snapshot).toList();
    }

    private static AgentProtocol.Snapshot snapshot(ServerMessage message) {
        try {
            return ServerMessage.parseFrom(message.toByteString()).getSnapshot();
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(malformed);
        }
    }

    static List<String> names(AgentProtocol.Snapshot snapshot) {
        return snapshot.getUpsertsList().stream()
                .map(AgentProtocol.Resource::getName)
                .toList();
    }
}
