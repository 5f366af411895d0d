package io.sallyport.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.store.LedgerStore.Batch;
import io.sallyport.store.LedgerStore.Mark;
import io.sallyport.store.LedgerStore.News;
import io.sallyport.store.LedgerStore.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of the ledger must keep, whatever it keeps it in. */
public abstract class LedgerStoreContract {
    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final Instant WHEN = Instant.parse("2026-11-25T20:00:01Z");

    // Others may use the same store.
    private final String here = UUID.randomUUID().toString();
    private final String there = UUID.randomUUID().toString();

    protected abstract LedgerStore store();

    @Test
    void whatOneReplicaWritesIsReadByTheOthersAsItWas() {
        AgentStatus agent = agent();
        ListenerProof proof = new ListenerProof(agent.name(), "http", "aa", Instant.now());
        store().write(here, new Batch(List.of(agent), List.of(proof), List.of(denial())));

        News news = store().readOthers(there, Mark.BEGINNING);

        assertThat(news.agents()).contains(new Told(here, agent));
        assertThat(news.denials()).contains(denial());
        assertThat(news.replicas().get(here)).isLessThan(Duration.ofSeconds(30));
        assertThat(news.proofs())
                .filteredOn(one -> one.agent().equals(agent.name()))
                .singleElement()
                .satisfies(
                        one -> assertThat(Duration.between(one.at(), news.mark().time()))
                                .isLessThan(Duration.ofSeconds(30)));
    }

    @Test
    void whatAnAgentRefusedIsReadByTheOthersAsItIsNow() {
        Quarantine refused = new Quarantine(
                "client " + here,
                List.of("shop/server 1"),
                new Revision(4),
                List.of(new Quarantine.Guilty(
                        new ResourceKey(Kind.EGRESS_RULE, ResourceName.of("shop", "a")),
                        "no",
                        new Revision(5),
                        new Revision(3))));
        store().write(here, new Batch(List.of(), List.of(), List.of(), List.of(refused.withSecret("other 2"))));
        store().write(here, new Batch(List.of(), List.of(), List.of(), List.of(refused)));

        assertThat(store().readOthers(there, Mark.BEGINNING).quarantines()).contains(refused);
        assertThat(store().readOthers(here, Mark.BEGINNING).quarantines()).doesNotContain(refused);
    }

    @Test
    void itsOwnIsNoNewsToAReplica() {
        store().write(here, new Batch(List.of(agent()), List.of(), List.of(denial())));

        News news = store().readOthers(here, Mark.BEGINNING);

        assertThat(news.agents()).noneMatch(told -> told.replica().equals(here));
        assertThat(store().readOthers(here, news.mark()).denials()).isEmpty();
    }

    @Test
    void theNewestOfAnAgentCountsAndWhoIsGoneForLongIsForgotten() {
        AgentStatus agent = agent();
        store().write(here, new Batch(List.of(agent), List.of(), List.of()));
        AgentStatus gone = agent.gone(Instant.parse("2026-11-01T00:00:00Z"));

        store().write(here, new Batch(List.of(gone), List.of(), List.of()));
        assertThat(store().readOthers(there, Mark.BEGINNING).agents()).contains(new Told(here, gone));

        store().forget(KEEP);
        assertThat(store().readOthers(there, Mark.BEGINNING).agents())
                .noneMatch(told -> told.replica().equals(here));
    }

    private AgentStatus agent() {
        SnapshotVersion version = SnapshotVersion.parse("7.aa");
        AgentStatus agent = AgentStatus.connected(
                here,
                AgentStatus.Protocol.XDS_DELTA,
                new ClientId("gateway"),
                ResourceName.of("edge", "internet"),
                "node-" + here,
                "127.0.0.1:1",
                Instant.parse("2026-11-25T20:00:00.123456Z"));
        Rejection rejection = new Rejection(version, List.of("http", "tls"), "cannot \"bind\"");
        Held held =
                new Held(new ResourceKey(Kind.EGRESS_RULE, ResourceName.of("shop", "november")), "no such thing", true);
        return agent.with(agent.withSent("8.bb")
                .withAcknowledged("7.aa")
                .progress()
                .withEffective(version)
                .withType(
                        "Listener",
                        type -> type.withQueued(version).withSent(version).withRejection(rejection))
                .withHeld(List.of(held)));
    }

    private Denial denial() {
        return new Denial(
                WHEN,
                agent().name(),
                "http",
                new Denial.Asked("127.0.0.2", "", "billing.example", "GET", "/"),
                new Denial.Refusal("shop/no-ads", "rule", "", 403));
    }
}
