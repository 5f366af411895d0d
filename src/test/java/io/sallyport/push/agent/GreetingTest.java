package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.GatewayRole;
import io.sallyport.push.agent.v1.AgentProtocol.Heartbeat;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.WorkloadRole;
import org.junit.jupiter.api.Test;

class GreetingTest {
    @Test
    void theNewestVersionThatBothKnowIsSpoken() {
        assertThat(greet(hello().setProtocol(range(1, 7))).protocol()).isEqualTo(1);
    }

    @Test
    void rangesThatDoNotMeetAreBothNamed() {
        assertRefused(hello().setProtocol(range(2, 7)), Status.Code.FAILED_PRECONDITION, "2 to 7", "1 to 1");
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertRefused(hello().setProtocol(range(3, 2)), Status.Code.INVALID_ARGUMENT, "3 to 2");
        assertRefused(hello().clearProtocol(), Status.Code.INVALID_ARGUMENT, "hello.protocol");
    }

    @Test
    void aWorkloadIsToldThatItIsNotServedYet() {
        assertRefused(
                hello().setWorkload(WorkloadRole.newBuilder().setNamespace("shop")),
                Status.Code.UNIMPLEMENTED,
                "workload agents are not served yet");
    }

    @Test
    void aMissingRoleNameOrHelloIsNamed() {
        assertRefused(hello().clearGateway(), Status.Code.INVALID_ARGUMENT, "hello.role");
        assertRefused(hello().clearName(), Status.Code.INVALID_ARGUMENT, "hello.name");
        assertThatThrownBy(() -> Greeting.read(AgentMessage.newBuilder()
                        .setHeartbeat(Heartbeat.getDefaultInstance())
                        .build()))
                .hasMessageContaining("must be a hello");
    }

    @Test
    void aGatewayIsNamedByDnsLabels() {
        assertRefused(
                hello().setGateway(GatewayRole.newBuilder().setNamespace("Edge").setName("internet")),
                Status.Code.INVALID_ARGUMENT,
                "'Edge' is not a DNS label");
    }

    private static void assertRefused(Hello.Builder hello, Status.Code code, String... words) {
        assertThatThrownBy(() -> greet(hello))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    private static Greeting greet(Hello.Builder hello) {
        return Greeting.read(AgentMessage.newBuilder().setHello(hello).build());
    }

    private static Hello.Builder hello() {
        return Hello.newBuilder()
                .setName("one")
                .setProtocol(range(1, 1))
                .setGateway(GatewayRole.newBuilder().setNamespace("edge").setName("internet"));
    }

    private static ProtocolRange range(int oldest, int newest) {
        return ProtocolRange.newBuilder().setOldest(oldest).setNewest(newest).build();
    }
}
