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
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps this replica at the head: reads what changed, compiles the touched gateways, publishes their snapshots. One
 * thread does it; where the store is away it goes on with what it has and tries again.
 */
public final class FollowHead {
    private static final Logger LOG = Logger.getLogger(FollowHead.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int REVISIONS_AT_ONCE = 200;

    private final PolicyStore store;
    private final Doorbell doorbell;
    private final CurrentState current;
    private final PublishSnapshots publish;
    private final Reached reached = new Reached();
    private final Contact contact = new Contact();
    private final Semaphore rings = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Of a replica that serves nobody who could refuse anything. */
    public FollowHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            TouchedGateways touched,
            IncrementalCompiler compiler,
            SnapshotFeed feed) {
        this(store, doorbell, current, touched, compiler, feed, new PublishedStates());
    }

    public FollowHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            TouchedGateways touched,
            IncrementalCompiler compiler,
            SnapshotFeed feed,
            PublishedStates states) {
        this(store, doorbell, current, new PublishSnapshots(touched, compiler::compile, feed, states));
    }

    FollowHead(PolicyStore store, Doorbell doorbell, CurrentState current, PublishSnapshots publish) {
        this.store = store;
        this.doorbell = doorbell;
        this.current = current;
        this.publish = publish;
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

    private void follow() {
        try (var _ = doorbell.listen(rings::release)) {
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
            catchUp();
            contact.kept(current.get().revision());
            return true;
        } catch (RuntimeException away) {
            contact.lost(away);
            return false;
        }
    }

    private void catchUp() {
        Revision head = askForHead();
        while (!reached.hasStarted() || !head.equals(current.get().revision())) {
            advance(head);
            head = askForHead();
        }
    }

    private Revision askForHead() {
        Revision head = store.head();
        contact.heard();
        return head;
    }

    private void advance(Revision head) {
        DesiredState before = current.get();
        if (!reached.hasStarted()) {
            reload(before);
            return;
        }
        List<RevisionRecord> news = store.revisionsAfter(before.revision(), REVISIONS_AT_ONCE);
        if (!continues(news, before.revision())) {
            LOG.errorf("history does not continue, all is read again held=%s head=%s", before.revision(), head);
            reload(before);
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
        current.advanceTo(after, news);
        publish.move(before, after, changes);
        reached.moveTo(after.revision());
    }

    private void reload(DesiredState before) {
        DesiredState after = store.load();
        current.advanceTo(after);
        publish.moveWhole(before, after);
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
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
