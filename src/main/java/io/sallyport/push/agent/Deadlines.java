package io.sallyport.push.agent;

import io.grpc.Status;
import io.sallyport.domain.agent.AgentIdentity;
import java.time.Instant;

/** When a stream has to end though nobody says so. Used by the thread of its stream alone. */
final class Deadlines {
    private static final int SILENT_INTERVALS = 3;

    private final AgentIdentity identity;
    private final AgentProtocolSettings settings;
    private Instant lastHeard;
    private Instant lastSent;

    Deadlines(AgentIdentity identity, AgentProtocolSettings settings, Instant now) {
        this.identity = identity;
        this.settings = settings;
        this.lastHeard = now;
        this.lastSent = now;
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    void sent(Instant now) {
        lastSent = now;
    }

    /** Throws the status that ends the stream, where one is due. */
    void check(Instant now, boolean isWaitingForAnswer) {
        failIf(!now.isBefore(identity.validUntil()), Status.UNAUTHENTICATED, "the access token has expired");
        failIf(
                now.isAfter(lastHeard.plus(settings.heartbeatInterval().multipliedBy(SILENT_INTERVALS))),
                Status.DEADLINE_EXCEEDED,
                "nothing was heard for three heartbeat intervals");
        failIf(
                isWaitingForAnswer && now.isAfter(lastSent.plus(settings.answerWithin())),
                Status.DEADLINE_EXCEEDED,
                "a snapshot was left without an answer");
    }

    private static void failIf(boolean isDue, Status status, String description) {
        if (isDue) {
            throw status.withDescription(description).asRuntimeException();
        }
    }
}
