package io.sallyport.push.agent;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.ClaimedLabels;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.GatewayRole;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.Reject;
import java.util.SortedMap;

/**
 * A hello that was understood.
 *
 * @param protocol the version to speak
 * @param labels what the agent says of itself
 * @param rejected what the agent rejected last; empty fields where that is nothing
 */
record Greeting(
        int protocol, String name, SortedMap<String, String> labels, ResourceName gateway, Held held, Reject rejected) {
    private static final int OLDEST = 1;
    private static final int NEWEST = 1;
    private static final int LONGEST_NAME = 253;

    /** Throws a status that names what is wrong. */
    static Greeting read(AgentMessage first) {
        if (!first.hasHello()) {
            throw refusal(Status.INVALID_ARGUMENT, "the first message must be a hello");
        }
        Hello hello = first.getHello();
        return new Greeting(
                negotiate(hello.getProtocol()),
                name(hello),
                ClaimedLabels.of(hello.getLabelsMap()),
                gateway(hello),
                Held.statedIn(hello),
                hello.getRejected());
    }

    boolean holdsNothing() {
        return held.version().equals(SnapshotVersion.NONE);
    }

    private static int negotiate(ProtocolRange range) {
        int oldest = range.getOldest();
        int newest = range.getNewest();
        if (oldest < 1 || newest < oldest) {
            throw refusal(
                    Status.INVALID_ARGUMENT,
                    "hello.protocol %s is not a range: 1 <= oldest <= newest".formatted(text(oldest, newest)));
        }
        if (oldest > NEWEST || newest < OLDEST) {
            throw refusal(
                    Status.FAILED_PRECONDITION,
                    "no common protocol version: the agent speaks %s, this server %s"
                            .formatted(text(oldest, newest), text(OLDEST, NEWEST)));
        }
        return Math.min(newest, NEWEST);
    }

    private static String text(int oldest, int newest) {
        return Integer.toUnsignedString(oldest) + " to " + Integer.toUnsignedString(newest);
    }

    private static String name(Hello hello) {
        if (hello.getName().isBlank() || hello.getName().length() > LONGEST_NAME) {
            throw refusal(Status.INVALID_ARGUMENT, "hello.name must have 1 to %d characters".formatted(LONGEST_NAME));
        }
        return hello.getName();
    }

    private static ResourceName gateway(Hello hello) {
        return switch (hello.getRoleCase()) {
            case GATEWAY -> gateway(hello.getGateway());
            case WORKLOAD ->
                throw refusal(
                        Status.UNIMPLEMENTED,
                        "workload agents are not served yet: this server knows the role gateway alone");
            case ROLE_NOT_SET ->
                throw refusal(Status.INVALID_ARGUMENT, "hello.role is missing: name the gateway that the agent runs");
        };
    }

    private static ResourceName gateway(GatewayRole role) {
        try {
            return ResourceName.of(role.getNamespace(), role.getName());
        } catch (IllegalArgumentException malformed) {
            throw refusal(Status.INVALID_ARGUMENT, "hello.gateway: " + malformed.getMessage());
        }
    }

    private static StatusRuntimeException refusal(Status status, String description) {
        return status.withDescription(description).asRuntimeException();
    }
}
