package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Quarantines;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.store.LedgerStore;
import io.sallyport.store.LedgerStore.Batch;
import io.sallyport.store.LedgerStore.Mark;
import io.sallyport.store.LedgerStore.News;
import io.sallyport.store.LedgerStore.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes what this replica knows of agents, in batches, and reads what the others know. One thread does it; streams never
 * wait for it, and where the store is away it goes on later with what is newest then.
 */
public final class KeepLedger {
    private static final Logger LOG = Logger.getLogger(KeepLedger.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration KEPT = Duration.ofMinutes(5);
    // A listener that goes on serving is told of again, for an agent that comes back to another replica.
    private static final Duration PROOFS_EVERY = Duration.ofSeconds(10);
    // A replica says twice a second that it is alive.
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int FORGET_EVERY_LOOKS = 40;
    private static final int AGENTS_AT_ONCE = 2_000;

    private final String replica = UUID.randomUUID().toString();
    private final LedgerStore store;
    private final AgentRegistry registry;
    private final DecisionLog decisions;
    private final Quarantines quarantines;
    private final Fleet fleet;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    // Only the one thread comes to these.
    private final Map<String, AgentStatus> written = new HashMap<>();
    private final Map<String, Told> elsewhere = new HashMap<>();
    private Mark mark = Mark.BEGINNING;
    private boolean isAway;
    private long looks;

    public KeepLedger(
            LedgerStore store,
            AgentRegistry registry,
            DecisionLog decisions,
            Quarantines quarantines,
            Fleet fleet,
            InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.decisions = decisions;
        this.quarantines = quarantines;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Begins, once. */
    public void start() {
        Thread.ofPlatform().name("keep-ledger").daemon().start(this::keep);
    }

    /** Ends it. */
    public void stop() {
        stopping.countDown();
    }

    private void keep() {
        try {
            while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void lookOnce() {
        try {
            if (looks++ % FORGET_EVERY_LOOKS == 0) {
                forget();
            }
            write();
            read();
            isAway = false;
        } catch (RuntimeException away) {
            if (!isAway) {
                LOG.warnf("the ledger is not kept: %s", away.getMessage());
            }
            isAway = true;
        }
    }

    private void forget() {
        registry.forgetGone(clock.instant().minus(KEPT));
        store.forget(KEPT);
    }

    private void write() {
        List<AgentStatus> all = registry.withGone();
        List<AgentStatus> changed = all.stream()
                .filter(agent -> !agent.equals(written.get(agent.id())))
                .limit(AGENTS_AT_ONCE)
                .toList();
        List<ListenerProof> proofs = registry.untoldProofs(PROOFS_EVERY);
        List<Quarantine> refused = quarantines.untold(AGENTS_AT_ONCE);
        store.write(replica, new Batch(changed, proofs, decisions.untold(), refused));
        quarantines.told(refused);
        changed.forEach(agent -> written.put(agent.id(), agent));
        written.keySet().retainAll(all.stream().map(AgentStatus::id).toList());
    }

    private void read() {
        News news = store.readOthers(replica, mark);
        Instant now = clock.instant();
        mark = news.mark();
        news.agents().forEach(told -> elsewhere.put(told.agent().id(), told));
        news.proofs().stream()
                .map(proof -> new ListenerProof(
                        proof.agent(),
                        proof.listener(),
                        proof.fingerprint(),
                        now.minus(Duration.between(proof.at(), news.mark().time()))))
                .forEach(registry::provenElsewhere);
        news.denials().forEach(decisions::keepFromElsewhere);
        news.quarantines().forEach(quarantines::learn);
        elsewhere
                .values()
                .removeIf(told -> asOf(told, news.replicas(), now).goneAt().isBefore(now.minus(KEPT)));
        fleet.elsewhere(
                elsewhere.values().stream()
                        .map(told -> asOf(told, news.replicas(), now))
                        .toList(),
                now);
    }

    // Whoever was with a replica that died is gone since then, until he is back somewhere.
    private static AgentStatus asOf(Told told, Map<String, Duration> silences, Instant now) {
        Duration silence = silences.getOrDefault(told.replica(), KEPT.multipliedBy(2));
        boolean isAlive = silence.compareTo(SILENCE) < 0;
        return isAlive || !told.agent().isConnected()
                ? told.agent()
                : told.agent().gone(now.minus(silence));
    }
}
