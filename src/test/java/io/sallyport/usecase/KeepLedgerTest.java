package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Quarantines;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.store.LedgerStore;
import io.sallyport.store.memory.InMemoryLedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeepLedgerTest {
    private static final Name SHOP = new Name("shop");
    private static final SnapshotVersion VERSION = SnapshotVersion.parse("7.aa");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T20:00:00Z"));
    private final LedgerStore store = new InMemoryLedgerStore(now::get);
    private final Replica one = new Replica(store);
    private final Replica other = new Replica(store);

    /** One of several on one store. */
    private final class Replica {
        private final AgentRegistry registry = new AgentRegistry(now::get);
        private final DecisionLog decisions = new DecisionLog(ignored -> Set.of(SHOP));
        private final Fleet fleet = new Fleet(registry);
        private final Quarantines quarantines = new Quarantines();
        private final KeepLedger ledger;

        Replica(LedgerStore store) {
            ledger = new KeepLedger(store, registry, decisions, quarantines, fleet, now::get);
        }
    }

    @Test
    void whatAnAgentRefusedIsKnownToAllAndSoIsItsEnd() {
        one.quarantines.change("a", known -> known.withSecret("shop/server 1"));
        lookAtBoth();
        assertThat(other.quarantines.of("a").secrets()).containsExactly("shop/server 1");

        other.quarantines.change("a", known -> known.withSecret("shop/server 2"));
        lookAtBoth();
        lookAtBoth();

        assertThat(one.quarantines.of("a").secrets()).containsExactly("shop/server 1", "shop/server 2");
    }

    @Test
    void everyReplicaKnowsTheAgentsOfAll() {
        one.registry.connected(agent("a"));
        one.registry.effective("a", VERSION);

        lookAtBoth();

        assertThat(other.fleet.agents()).isEqualTo(one.fleet.agents()).hasSize(1);
        assertThat(other.fleet.agents().getFirst().effective()).isEqualTo("7.aa");
    }

    @Test
    void whoWasWithAReplicaThatDiedIsGoneUntilItIsBackElsewhere() {
        one.registry.connected(agent("a"));
        lookAtBoth();

        pass(Duration.ofSeconds(30));
        other.ledger.lookOnce();
        assertThat(other.fleet.agents()).singleElement().matches(agent -> !agent.isConnected());

        other.registry.connected(agent("b"));
        assertThat(other.fleet.agents()).singleElement().matches(AgentStatus::isConnected);

        pass(Duration.ofMinutes(6));
        other.registry.gone("b");
        pass(Duration.ofMinutes(6));
        IntStream.range(0, 50).forEach(ignored -> other.ledger.lookOnce());
        assertThat(other.fleet.agents()).isEmpty();
    }

    @Test
    void aListenerMayBeSeenToServeByAnotherReplica() {
        one.registry.connected(agent("a"));
        one.registry.effectiveOnceProven("a", VERSION, Map.of("http", "ff"));
        other.registry.proven(agent("a").name(), "http", "ff");

        other.ledger.lookOnce();
        one.ledger.lookOnce();

        assertThat(one.registry.all().getFirst().effective()).isEqualTo("7.aa");
    }

    @Test
    void aDenialIsKnownWhereverItIsAskedFor() {
        Denial denial = new Denial(
                now.get(),
                agent("a").name(),
                "http",
                new Denial.Asked("127.0.0.2", "", "ads.example", "GET", "/"),
                new Denial.Refusal("shop/no-ads", "rule", "", 403));
        one.decisions.keep(denial);

        lookAtBoth();
        lookAtBoth();

        assertThat(other.decisions.denials(SHOP)).containsExactly(denial);
        assertThat(one.decisions.denials(SHOP)).containsExactly(denial);
    }

    @Test
    void aStoreThatIsAwayCostsNothingButTime() {
        LedgerStore away = new LedgerStore() {
            @Override
            public void write(String replica, Batch batch) {
                throw new FailureException(new Failure.Unavailable("away"));
            }

            @Override
            public void forget(Duration age) {
                throw new FailureException(new Failure.Unavailable("away"));
            }

            @Override
            public News readOthers(String replica, Mark since) {
                throw new FailureException(new Failure.Unavailable("away"));
            }
        };
        Replica alone = new Replica(away);
        alone.registry.connected(agent("a"));

        alone.ledger.lookOnce();

        assertThat(alone.fleet.agents()).hasSize(1);
    }

    private void lookAtBoth() {
        one.ledger.lookOnce();
        other.ledger.lookOnce();
        one.ledger.lookOnce();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private AgentStatus agent(String id) {
        return AgentStatus.connected(
                id,
                AgentStatus.Protocol.XDS_DELTA,
                new ClientId("gateway"),
                ResourceName.of("edge", "internet"),
                "node",
                "127.0.0.1:1",
                now.get());
    }
}
