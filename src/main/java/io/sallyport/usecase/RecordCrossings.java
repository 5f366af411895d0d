package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.rule.Validity;
import io.sallyport.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Records as revisions which bounds of validity have passed, those of a time without a control plane too. Every replica
 * does it, without a leader: whoever comes second to the lock of the head finds nothing left to record. One thread.
 */
public final class RecordCrossings {
    /** The author of what nobody asked for. */
    public static final String AUTHOR = "sallyport";

    private static final Logger LOG = Logger.getLogger(RecordCrossings.class);
    private static final Caller SYSTEM = Caller.system(AUTHOR);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    // What a transaction can surely write before its time is over.
    private static final int MOST_AT_ONCE = 5_000;
    private static final int MOST_NAMED = 5;

    private final CurrentState current;
    private final ApplyDocuments applyDocuments;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private DesiredState searched = DesiredState.EMPTY;
    private Instant next = Instant.MAX;

    public RecordCrossings(CurrentState current, ApplyDocuments applyDocuments, InstantSource clock) {
        this.current = current;
        this.applyDocuments = applyDocuments;
        this.clock = clock;
    }

    /** Begins to look, once, every quarter of a second. */
    public void start() {
        Thread.ofPlatform().name("record-crossings").daemon().start(this::look);
    }

    public void stop() {
        stopping.countDown();
    }

    private void look() {
        try {
            Duration pause = LOOK_EVERY;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = recordOrSayWhyNot() ? LOOK_EVERY : PAUSE;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean recordOrSayWhyNot() {
        try {
            record();
            return true;
        } catch (FailureException away) {
            if (!(away.failure() instanceof Failure.Unavailable)) {
                LOG.error("crossed bounds of validity not recorded", away);
            }
        } catch (RuntimeException bug) {
            LOG.error("crossed bounds of validity not recorded", bug);
        }
        return false;
    }

    /** What has passed by now becomes one revision; none is made where nothing has. */
    void record() {
        DesiredState state = current.get();
        Instant now = clock.instant();
        search(state);
        if (now.isBefore(next)) {
            return;
        }
        Comparator<Resource<?>> earliest = Comparator.comparing(RecordCrossings::next);
        List<Intent> due = bounded(state)
                .filter(resource -> !now.isBefore(next(resource)))
                .sorted(earliest.thenComparing(Resource::key))
                .limit(MOST_AT_ONCE)
                .<Intent>map(resource -> new Intent.CrossBounds(resource.key()))
                .toList();
        Written written = applyDocuments.apply(SYSTEM, RecordCrossings::message, WriteOrder.of(due));
        LOG.debugf("bounds of validity looked at resources=%d revision=%s", due.size(), written.revision());
    }

    // Resources are looked through when some of them changed, and otherwise only the clock is.
    private void search(DesiredState state) {
        if (!state.isSameIn(Kind.EGRESS_RULE, searched) || !state.isSameIn(Kind.SECURITY_POLICY, searched)) {
            next = bounded(state)
                    .map(RecordCrossings::next)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
            searched = state;
        }
    }

    private static String message(Plan plan) {
        List<Change> changes = plan.changes();
        String named = changes.stream()
                .limit(MOST_NAMED)
                .map(RecordCrossings::crossing)
                .collect(Collectors.joining(", "));
        return changes.size() <= MOST_NAMED ? named : named + " and %d more".formatted(changes.size() - MOST_NAMED);
    }

    private static Stream<Resource<?>> bounded(DesiredState state) {
        return Stream.concat(state.rules().stream(), state.securityPolicies().stream());
    }

    private static Instant next(Resource<?> resource) {
        return PassedBounds.next(resource.spec());
    }

    private static String crossing(Change change) {
        if (!(change instanceof Change.Put put)) {
            return "";
        }
        return put.resource().spec() instanceof EgressRule rule
                ? crossing(put.resource(), rule.validity())
                : "%s verifies certificates again".formatted(put.resource().name());
    }

    private static String crossing(Resource<?> rule, Validity validity) {
        return validity.isOver()
                ? "%s expired at %s".formatted(rule.name(), validity.expiresAt())
                : "%s began at %s".formatted(rule.name(), validity.notBefore());
    }
}
