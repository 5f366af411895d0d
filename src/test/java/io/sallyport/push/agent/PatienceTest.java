package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final ControlPlaneLoss LAPSE = new ControlPlaneLoss.Lapse(Duration.ofSeconds(30));
    private static final ControlPlaneLoss KEEP = new ControlPlaneLoss.Keep();

    private final Patience patience = new Patience();
    private final List<ServerMessage> messages =
            SnapshotEncoder.encode(Samples.allowing(3)).full();

    @Test
    void aSnapshotIsValidForAsLongAsTheGatewayIsPatient() {
        AgentProtocol.Snapshot sent = Wire.onlySnapshot(patience.limited(messages, LAPSE, NOW, Duration.ofSeconds(4)));

        assertThat(sent.getValidUntil()).isEqualTo(Times.of(NOW.plusSeconds(26)));
        assertThat(sent.toBuilder().clearValidUntil().build()).isEqualTo(Wire.onlySnapshot(messages));
    }

    @Test
    void renewalsComeThreeTimesWithinIt() {
        patience.limited(messages, LAPSE, NOW, Duration.ZERO);

        assertThat(patience.renewal(LAPSE, NOW.plusSeconds(9), Duration.ZERO)).isEmpty();
        assertThat(patience.renewal(LAPSE, NOW.plusSeconds(10), Duration.ofSeconds(1)))
                .contains(ControlMessages.renewal(NOW.plusSeconds(39)));
        assertThat(patience.renewal(LAPSE, NOW.plusSeconds(19), Duration.ZERO)).isEmpty();
    }

    @Test
    void whoHoldsTheSnapshotAlreadyIsRenewedAtOnce() {
        patience.limited(List.of(), LAPSE, NOW, Duration.ZERO);

        assertThat(patience.renewal(LAPSE, NOW, Duration.ZERO)).isPresent();
    }

    @Test
    void aGatewayThatKeepsWhatItHasHearsOfNoLimit() {
        assertThat(patience.limited(messages, KEEP, NOW, Duration.ofDays(1))).isSameAs(messages);
        assertThat(patience.renewal(KEEP, NOW, Duration.ZERO)).isEmpty();
        assertThat(Patience.isOver(KEEP, Duration.ofDays(1))).isFalse();
    }

    @Test
    void aServerThatIsCutOffForSoLongLetsNobodyBelieveAnything() {
        assertThat(Patience.isOver(LAPSE, Duration.ofSeconds(29))).isFalse();
        assertThat(Patience.isOver(LAPSE, Duration.ofSeconds(30))).isTrue();
    }
}
