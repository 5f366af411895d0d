package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.TypeProgress;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamLedgerTest {
    private static final SnapshotVersion FIRST = SnapshotVersion.parse("3.aa");
    private static final SnapshotVersion SECOND = SnapshotVersion.parse("4.bb");

    private final AgentRegistry agents = new AgentRegistry();
    private final StreamLedger ledger = new StreamLedger("one", agents);

    @BeforeEach
    void connect() {
        agents.connected(AgentStatus.connected(
                "one",
                AgentStatus.Protocol.XDS_DELTA,
                new ClientId("gateway"),
                ResourceName.of("edge", "internet"),
                "node",
                "127.0.0.1",
                Instant.EPOCH));
    }

    @Test
    void eachStageOfATypeIsKnownByItself() {
        ledger.queued(CLUSTER.typeUrl(), FIRST);
        ledger.sent(CLUSTER.typeUrl(), FIRST);
        ledger.acknowledged(CLUSTER.typeUrl(), FIRST);
        ledger.queued(CLUSTER.typeUrl(), SECOND);

        assertThat(clusters()).isEqualTo(new TypeProgress(SECOND, FIRST, FIRST, List.of()));
    }

    @Test
    void whatIsRefusedIsNamedWithItsReasonUntilAllIsAccepted() {
        ledger.acknowledged(CLUSTER.typeUrl(), FIRST);
        ledger.rejected(CLUSTER.typeUrl(), SECOND, new Refused(List.of("shop/billing"), "no such thing"));
        assertThat(clusters().rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.version()).isEqualTo(SECOND);
            assertThat(rejection.resources()).containsExactly("shop/billing");
            assertThat(rejection.reason()).isEqualTo("no such thing");
        });

        ledger.acknowledged(CLUSTER.typeUrl(), FIRST);
        assertThat(clusters().rejections()).isEmpty();
    }

    private TypeProgress clusters() {
        return agents.all().getFirst().progress().types().getOrDefault("Cluster", TypeProgress.NONE);
    }
}
