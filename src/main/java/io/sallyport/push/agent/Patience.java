package io.sallyport.push.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For how long an agent may go on without hearing of this server again, where its gateway is to lapse then: never longer
 * than since the store last answered. Used by the thread of its stream alone.
 */
final class Patience {
    // Two renewals may be lost before anything lapses.
    private static final int RENEWALS = 3;

    private Instant promisedAt = Instant.EPOCH;

    /** Whether this server was cut off for so long that it may let nobody believe anything. */
    static boolean isOver(ControlPlaneLoss loss, Duration silence) {
        return switch (loss) {
            case ControlPlaneLoss.Keep ignored -> false;
            case ControlPlaneLoss.Lapse(Duration after) -> silence.compareTo(after) >= 0;
        };
    }

    /** The messages of a snapshot, with its limit where there is one. */
    List<ServerMessage> limited(List<ServerMessage> messages, ControlPlaneLoss loss, Instant now, Duration silence) {
        return switch (loss) {
            case ControlPlaneLoss.Keep ignored -> messages;
            case ControlPlaneLoss.Lapse(Duration after) -> {
                Instant validUntil = now.plus(after).minus(silence);
                promisedAt = messages.isEmpty() ? promisedAt : now;
                yield messages.stream()
                        .map(message -> limited(message, validUntil))
                        .toList();
            }
        };
    }

    /** What tells the agent that what it holds still holds, where that is due. */
    Optional<ServerMessage> renewal(ControlPlaneLoss loss, Instant now, Duration silence) {
        return switch (loss) {
            case ControlPlaneLoss.Keep ignored -> Optional.empty();
            case ControlPlaneLoss.Lapse(Duration after) -> {
                if (now.isBefore(promisedAt.plus(after.dividedBy(RENEWALS)))) {
                    yield Optional.empty();
                }
                promisedAt = now;
                yield Optional.of(ControlMessages.renewal(now.plus(after).minus(silence)));
            }
        };
    }

    /** How long a stream may wait before it looks again. */
    static Duration pause(ControlPlaneLoss loss, Duration most) {
        return switch (loss) {
            case ControlPlaneLoss.Keep ignored -> most;
            case ControlPlaneLoss.Lapse(Duration after) -> {
                Duration interval = after.dividedBy(RENEWALS);
                yield interval.compareTo(most) < 0 ? interval : most;
            }
        };
    }

    // The snapshot itself was encoded once for all agents; two parts of a message, one after the other, are one
    // message.
    private static ServerMessage limited(ServerMessage message, Instant validUntil) {
        ByteString limit = Snapshot.newBuilder()
                .setValidUntil(Times.of(validUntil))
                .build()
                .toByteString();
        UnknownFieldSet.Field encoded = message.getUnknownFields().getField(ServerMessage.SNAPSHOT_FIELD_NUMBER);
        ByteString snapshot = encoded.getLengthDelimitedList().getFirst().concat(limit);
        return SnapshotMessages.alreadyEncoded(snapshot);
    }
}
