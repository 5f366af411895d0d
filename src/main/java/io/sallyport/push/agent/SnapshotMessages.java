package io.sallyport.push.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Cuts a push into messages that stay under the limit of the contract, each encoded once for all agents. */
final class SnapshotMessages {
    // The contract says 3 MiB; what is left is for the fields around the resources.
    private static final int MOST_BYTES = 3 * 1024 * 1024 - 4096;
    private static final int BYTES_AROUND_AN_ENTRY = 6;

    private final List<Snapshot.Builder> parts = new ArrayList<>();
    private final Snapshot header;
    private UnknownFieldSet.Field.Builder resources = UnknownFieldSet.Field.newBuilder();
    private Snapshot.Builder part;
    private int size;

    private SnapshotMessages(SnapshotVersion version, boolean full) {
        header = Snapshot.newBuilder()
                .setVersion(version.toString())
                .setRevision(version.revision().number())
                .setFull(full)
                .build();
        part = header.toBuilder();
    }

    static List<ServerMessage> full(SnapshotVersion version, List<AgentResource> resources) {
        SnapshotMessages messages = new SnapshotMessages(version, true);
        resources.forEach(messages::upsert);
        return messages.finish();
    }

    static List<ServerMessage> delta(SnapshotVersion version, List<AgentResource> upserts, List<String> removals) {
        SnapshotMessages messages = new SnapshotMessages(version, false);
        upserts.forEach(messages::upsert);
        removals.forEach(messages::remove);
        return messages.finish();
    }

    private void upsert(AgentResource resource) {
        makeRoomFor(resource.encoded().size());
        resources.addLengthDelimited(resource.encoded());
    }

    private void remove(String name) {
        makeRoomFor(name.length());
        part.addRemovals(name);
    }

    private void makeRoomFor(int bytes) {
        int needed = bytes + BYTES_AROUND_AN_ENTRY;
        if (size > 0 && size + needed > MOST_BYTES) {
            closePart(true);
            part = header.toBuilder();
            resources = UnknownFieldSet.Field.newBuilder();
            size = 0;
        }
        size += needed;
    }

    private void closePart(boolean more) {
        UnknownFieldSet upserts = UnknownFieldSet.newBuilder()
                .addField(Snapshot.UPSERTS_FIELD_NUMBER, resources.build())
                .build();
        parts.add(part.setMore(more).setUnknownFields(upserts));
    }

    private List<ServerMessage> finish() {
        closePart(false);
        return parts.stream()
                .map(built -> alreadyEncoded(built.build().toByteString()))
                .toList();
    }

    // Bytes set as an unknown field of the same number are the same on the wire, and are copied instead of encoded anew
    // for every agent.
    static ServerMessage alreadyEncoded(ByteString snapshot) {
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(
                        ServerMessage.SNAPSHOT_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(snapshot)
                                .build())
                .build();
        return ServerMessage.newBuilder().setUnknownFields(fields).build();
    }
}
