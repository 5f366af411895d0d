package io.sallyport.usecase;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.store.Doorbell;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Keeps this replica at the head: reads what changed, compiles the touched gateways, publishes their snapshots. What this
 * replica wrote itself is handed to it, so that the store is not asked for it. One thread does it; where the store is away
 * it goes on with what it has, at a start with what is kept for that, and tries again.
 */
public final class FollowHead implements Timeliness {
    private static final Logger LOG = Logger.getLogger(FollowHead.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int REVISIONS_AT_ONCE = 200;
    // A store that starts at the same time as this program may take so long.
    private static final Duration WAIT_AT_START = Duration.ofSeconds(2);

    private final PolicyStore store;
    private final Doorbell doorbell;
    private final CurrentState current;
    private final PublishSnapshots publish;
    private final Reached reached = new Reached();
    private final Contact contact = new Contact();
    private final Semaphore rings = new Semaphore(0);
    private final Handed handed = new Handed();
    // Whether somebody wants the store to be asked.
    private final AtomicBoolean isRung = new AtomicBoolean();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Looks looks = new Looks();
    private final LastResort lastResort;
    // Only the thread that follows comes to it.
    private long askedAt = System.nanoTime();
    // Written by the thread that follows.
    private volatile boolean isFromStore;

    /** Of a replica that serves nobody who could refuse anything. */
    public FollowHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            TouchedGateways touched,
            IncrementalCompiler compiler,
            SnapshotFeed feed) {
        this(store, doorbell, current, new PublishSnapshots(touched, compiler::compile, feed));
    }

    public FollowHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            TouchedGateways touched,
            IncrementalCompiler compiler,
            SnapshotFeed feed,
            PublishedStates states,
            OutageBundle bundle,
            WriteClock phases,
            StageRollouts rollouts) {
        this(
                store,
                doorbell,
                current,
                new PublishSnapshots(
                        touched,
                        (state, gateway) ->
                                phases.timed(WriteClock.Phase.COMPILE, () -> compiler.compile(state, gateway)),
                        feed,
                        states,
                        Optional.of(rollouts)),
                bundle,
                WAIT_AT_START);
    }

    FollowHead(PolicyStore store, Doorbell doorbell, CurrentState current, PublishSnapshots publish) {
        this(store, doorbell, current, publish, OutageBundle.NONE, WAIT_AT_START);
    }

    /** @param waitAtStart how long a store that does not answer may still come before the bundle is served */
    FollowHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            PublishSnapshots publish,
            OutageBundle bundle,
            Duration waitAtStart) {
        this.store = store;
        this.doorbell = doorbell;
        this.current = current;
        this.publish = publish;
        this.lastResort = new LastResort(bundle, waitAtStart);
    }

    /** Begins to follow, once; returns before the first state is there. */
    public void start() {
        Thread.ofPlatform().name("follow-head").daemon().start(this::follow);
    }

    /** Ends the following; what was published stays. */
    public void stop() {
        stopping.countDown();
        rings.release();
    }

    /** Waits until this replica is at that revision or after it; false where the time was not enough. */
    public boolean awaitRevision(Revision revision, Duration patience) {
        return reached.await(revision, patience);
    }

    public boolean hasFirstState() {
        return reached.hasStarted();
    }

    /** For how long the store has not answered; zero while it does. */
    public Duration staleFor() {
        return contact.lostFor();
    }

    /** For how long the store has not answered, counted from its last answer: never zero, and small while all is well. */
    public Duration silence() {
        return contact.silence();
    }

    /** Whether what is served was read from the store by this program, and not from what was kept for its absence. */
    public boolean isFromStore() {
        return isFromStore;
    }

    /** What there was to be served without the store, in words; empty while that was not asked for. */
    public String lastResort() {
        return lastResort.outcome();
    }

    @Override
    public long mark() {
        long mark = looks.next();
        ring();
        return mark;
    }

    @Override
    public boolean isKnown(long mark) {
        return looks.await(mark, Duration.ZERO);
    }

    @Override
    public boolean awaitKnown(long mark, Duration patience) {
        return looks.await(mark, patience);
    }

    @Override
    public boolean isStoreAway() {
        return !contact.lostFor().isZero();
    }

    /** Serves what this replica has written, and is committed, as soon as it serves all that was before it. */
    void handOver(RevisionRecord record) {
        handed.put(record);
        rings.release();
    }

    private void ring() {
        isRung.set(true);
        rings.release();
    }

    private void follow() {
        try (var _ = doorbell.listen(this::ring)) {
            Duration pause = POLL;
            while (stopping.getCount() > 0) {
                pause = lookOnce() ? POLL : longer(pause);
                awaitRing(pause);
            }
        } catch (Exception broken) {
            LOG.error("the head is no longer followed", broken);
        }
    }

    private boolean lookOnce() {
        try {
            boolean isWanted = isRung.getAndSet(false) || System.nanoTime() - askedAt > POLL.toNanos();
            if (!takeHanded() || isWanted) {
                catchUp();
                publish.again(current.get());
                contact.kept(current.get().revision());
            }
            return true;
        } catch (RuntimeException away) {
            contact.lost(away);
            startWithout();
            return false;
        }
    }

    // What another replica wrote in between is read from the store, and then that after it too.
    private boolean takeHanded() {
        DesiredState before = current.get();
        List<RevisionRecord> news = handed.takeAfter(before.revision());
        if (!isFromStore || news.isEmpty()) {
            return false;
        }
        apply(before, news);
        return true;
    }

    private void startWithout() {
        if (!reached.hasStarted()) {
            lastResort.take(contact.lostFor()).ifPresent(kept -> {
                contact.heardBefore(Duration.between(kept.asOf(), Instant.now()));
                publish.take(kept.rollouts());
                serveWhole(kept.state(), false);
            });
        }
    }

    private void catchUp() {
        boolean hasMoved;
        do {
            long look = looks.begin();
            Revision head = askForHead();
            hasMoved = false;
            while (!isFromStore || !reaches(head, hasMoved)) {
                advance(head);
                hasMoved = true;
            }
            looks.done(look);
        } while (hasMoved);
    }

    // A store may have gone back: then its head is not met by being behind what is held, before all was read again.
    private boolean reaches(Revision head, boolean hasMoved) {
        Revision held = current.get().revision();
        return held.equals(head) || (hasMoved && held.isAfter(head));
    }

    private Revision askForHead() {
        askedAt = System.nanoTime();
        Revision head = store.head();
        contact.heard();
        return head;
    }

    private void advance(Revision head) {
        DesiredState before = current.get();
        if (!isFromStore) {
            reload();
            return;
        }
        List<RevisionRecord> news = store.revisionsAfter(before.revision(), REVISIONS_AT_ONCE);
        if (!continues(news, before.revision())) {
            LOG.errorf("history does not continue, all is read again held=%s head=%s", before.revision(), head);
            reload();
            return;
        }
        apply(before, news);
    }

    private static boolean continues(List<RevisionRecord> news, Revision held) {
        Revision expected = held;
        for (RevisionRecord record : news) {
            expected = expected.next();
            if (!record.revision().equals(expected)) {
                return false;
            }
        }
        return !news.isEmpty();
    }

    private void apply(DesiredState before, List<RevisionRecord> news) {
        List<Change> changes =
                news.stream().flatMap(record -> record.changes().stream()).toList();
        DesiredState after = before.with(news.getLast().revision(), changes);
        publish.prepare(after);
        current.advanceTo(after, news);
        publish.move(before, after, changes);
        reached.moveTo(after.revision());
    }

    private void reload() {
        DesiredState after = store.load();
        publish.prepareWhole(after);
        tellWhereBehind(after);
        serveWhole(after, true);
    }

    private void tellWhereBehind(DesiredState after) {
        Revision held = current.get().revision();
        if (held.isAfter(after.revision())) {
            LOG.errorf(
                    "the store is behind what this replica has served, and is believed: was it restored? store=%s served=%s",
                    after.revision(), held);
        }
    }

    private void serveWhole(DesiredState after, boolean fromStore) {
        DesiredState before = current.get();
        current.advanceTo(after);
        publish.moveWhole(before, after);
        isFromStore = fromStore;
        reached.moveTo(after.revision());
    }

    // A ring while the store is away says nothing new, so it does not shorten that pause.
    private void awaitRing(Duration pause) {
        try {
            boolean ignored = pause.equals(POLL)
                    ? rings.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)
                    : stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            rings.drainPermits();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        Duration next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        // Replicas that lost the store together do not come back to it together.
        return next.multipliedBy(ThreadLocalRandom.current().nextInt(75, 100)).dividedBy(100);
    }
}
