package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Resource;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotEncoderTest {
    @Test
    void theSameContentHasTheSameHashesWhateverTheRevision() {
        assertThat(SnapshotEncoder.encode(Samples.allowing(1)).hashes())
                .isEqualTo(SnapshotEncoder.encode(Samples.allowing(2)).hashes());
    }

    @Test
    void aHashIsTheOneThatTravelsWithItsResource() {
        AgentSnapshot snapshot = SnapshotEncoder.encode(Samples.allowing(1));

        assertThat(Wire.onlySnapshot(snapshot.full()).getUpsertsList())
                .allSatisfy(
                        resource -> assertThat(snapshot.hashes()).containsEntry(resource.getName(), resource.getHash()))
                .hasSize(snapshot.hashes().size());
    }

    @Test
    void aRuleKeepsItsNameActionAndSources() {
        AgentProtocol.Rule rule = rule(Samples.denying(1));

        assertThat(rule)
                .isEqualTo(AgentProtocol.Rule.newBuilder()
                        .setName("shop/checkout-to-billing")
                        .setAction(AgentProtocol.Action.ACTION_DENY)
                        .addSources("checkout")
                        .build());
    }

    @Test
    void anEndOfValidityTravelsToTheNanosecond() {
        Instant end = Instant.parse("2030-01-02T03:04:05.000000006Z");

        AgentProtocol.Rule rule = rule(Samples.allowingUntil(end));

        assertThat(rule.hasNotBefore()).isFalse();
        assertThat(Instant.ofEpochSecond(
                        rule.getExpiresAt().getSeconds(), rule.getExpiresAt().getNanos()))
                .isEqualTo(end);
    }

    @Test
    void aHostSaysWhereItsPortsLead() {
        assertThat(resource(Samples.allowing(1), "host/http/billing.example").getHost())
                .isEqualTo(AgentProtocol.Host.newBuilder()
                        .setListener("http")
                        .setHost("billing.example")
                        .setDestination("shop/billing")
                        .addPorts(AgentProtocol.HostPort.newBuilder()
                                .setNumber(80)
                                .setUpstream("shop/billing/80"))
                        .build());
    }

    private static AgentProtocol.Rule rule(Snapshot snapshot) {
        return resource(snapshot, "rules/http/billing.example:80").getRules().getRules(0);
    }

    private static Resource resource(Snapshot snapshot, String name) {
        return Wire.onlySnapshot(SnapshotEncoder.encode(snapshot).full()).getUpsertsList().stream()
                .filter(resource -> resource.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
