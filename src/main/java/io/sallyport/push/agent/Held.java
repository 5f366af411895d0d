package io.sallyport.push.agent;

import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.util.List;
import java.util.Map;

/** What an agent holds, as far as it is known. */
sealed interface Held {
    SnapshotVersion version();

    boolean isContentOf(AgentSnapshot wanted);

    /** What brings the agent to the wanted snapshot. */
    List<ServerMessage> messagesTo(AgentSnapshot wanted);

    /** As the agent says when it connects. */
    static Held statedIn(Hello hello) {
        SnapshotVersion version = SnapshotVersion.parse(hello.getHeldVersion());
        return hello.getHeldResourcesCount() == 0
                ? new OfVersion(version)
                : new OfResources(version, Map.copyOf(hello.getHeldResourcesMap()));
    }

    /** A version, known by its name alone; or nothing at all. */
    record OfVersion(SnapshotVersion version) implements Held {
        @Override
        public boolean isContentOf(AgentSnapshot wanted) {
            return version.hash().equals(wanted.version().hash());
        }

        @Override
        public List<ServerMessage> messagesTo(AgentSnapshot wanted) {
            return wanted.full();
        }
    }

    /** Resources, known by their hashes. */
    record OfResources(SnapshotVersion version, Map<String, String> hashes) implements Held {
        @Override
        public boolean isContentOf(AgentSnapshot wanted) {
            return wanted.consistsOf(hashes);
        }

        @Override
        public List<ServerMessage> messagesTo(AgentSnapshot wanted) {
            return wanted.since(hashes);
        }
    }

    /** A snapshot that was sent on this stream and acknowledged; shared by all agents that hold it. */
    record OfSnapshot(AgentSnapshot snapshot) implements Held {
        @Override
        public SnapshotVersion version() {
            return snapshot.version();
        }

        @Override
        public boolean isContentOf(AgentSnapshot wanted) {
            return version().hash().equals(wanted.version().hash());
        }

        @Override
        public List<ServerMessage> messagesTo(AgentSnapshot wanted) {
            return wanted.since(snapshot);
        }
    }
}
