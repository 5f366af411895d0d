package io.sallyport.usecase;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutCourse;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutSight;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.Doorbell;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.StageRollouts.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Shows where a gateway is with its changes, and has people decide how it goes on. */
public final class ControlRollout {
    private static final int MOST_EVENTS = 20;
    private static final int EVENTS_AT_ONCE = 100;
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final int ATTEMPTS = 5;

    private final Authorizer authorizer;
    private final CurrentState current;
    private final StageRollouts stage;
    private final SeeRollout see;
    private final RolloutStore store;
    private final Doorbell doorbell;
    private final InstantSource clock;

    public ControlRollout(
            Authorizer authorizer,
            CurrentState current,
            StageRollouts stage,
            SnapshotFeed feed,
            Fleet fleet,
            RolloutStore store,
            Doorbell doorbell,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.current = current;
        this.stage = stage;
        this.see = new SeeRollout(current, feed, fleet);
        this.store = store;
        this.doorbell = doorbell;
        this.clock = clock;
    }

    /** Throws {@code NotFound} where the gateway is not there, or has no rollout policy. */
    public RolloutView get(Caller caller, ResourceName gateway) {
        Access access = authorizer.access(caller);
        access.check(Right.READ, gateway.namespace());
        RolloutPolicy policy = policy(gateway);
        Situation situation = situation(gateway);
        return view(access, policy, situation, situation.rollout());
    }

    /** Whoever may write the gateway may; throws {@code Conflict} where it makes no sense now. */
    public RolloutView order(Caller caller, ResourceName gateway, RolloutOrder order, String reason) {
        Access access = authorizer.access(caller);
        access.check(Right.READ, gateway.namespace());
        access.check(Right.WRITE_GATEWAY, gateway.namespace());
        RolloutPolicy policy = policy(gateway);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<RolloutView> done = ordered(caller, access, gateway, policy, order, reason);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new FailureException(new Failure.Conflict(
                "The rollout of %s moved in this very moment; look at it and say it again.".formatted(gateway)));
    }

    // Empty where it moved meanwhile, as it does by itself.
    private Optional<RolloutView> ordered(
            Caller caller,
            Access access,
            ResourceName gateway,
            RolloutPolicy policy,
            RolloutOrder order,
            String reason) {
        Situation situation = situation(gateway);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Rollout is = stored(gateway, situation);
        Rollout next = ordered(order, is, course(policy, situation, now, caller.name()), now, caller, reason);
        List<RolloutEvent> events = RolloutEvent.of(is, next).stream().toList();
        if (!store.replace(next, events, List.of(audited(caller, gateway, order, next, now)))) {
            return Optional.empty();
        }
        events.forEach(DriveRollouts::log);
        doorbell.ring();
        return Optional.of(view(access, policy, situation, next));
    }

    private static Rollout ordered(
            RolloutOrder order, Rollout is, RolloutCourse course, Instant now, Caller caller, String reason) {
        try {
            return order.on(is, course, now, caller.name(), reason);
        } catch (IllegalStateException senseless) {
            throw new FailureException(new Failure.Conflict(String.valueOf(senseless.getMessage())));
        }
    }

    private static AuditEntry audited(
            Caller caller, ResourceName gateway, RolloutOrder order, Rollout next, Instant now) {
        return new AuditEntry(
                now,
                caller.actor(),
                caller.asked(),
                List.of(new ResourceKey(Kind.EGRESS_GATEWAY, gateway)),
                Outcome.DONE,
                0,
                "The rollout of revision %s was %s. %s".formatted(next.candidate(), order.done(), next.reason()),
                next.candidate(),
                "",
                "",
                0);
    }

    /**
     * Tells of each event after a place, of those that are there and of those that come, until the time is over.
     *
     * @param onEvents is told of some at once, of none now and then; false from it ends the telling
     */
    public void watch(
            Caller caller,
            ResourceName gateway,
            long after,
            Duration patience,
            Predicate<List<RolloutEvent>> onEvents) {
        long deadline = System.nanoTime() + patience.toNanos();
        long place = after;
        boolean goesOn = true;
        while (goesOn && System.nanoTime() < deadline) {
            authorizer.access(caller).check(Right.READ, gateway.namespace());
            List<RolloutEvent> news = store.eventsAfter(gateway, place, EVENTS_AT_ONCE);
            place = news.isEmpty() ? place : news.getLast().sequence();
            goesOn = onEvents.test(news) && pause();
        }
    }

    /** The place of the newest event; 0 where there is none. */
    public long newestEvent(ResourceName gateway) {
        List<RolloutEvent> last = store.lastEvents(gateway, 1);
        return last.isEmpty() ? 0 : last.getFirst().sequence();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RolloutView view(Access access, RolloutPolicy policy, Situation situation, Rollout rollout) {
        Instant now = clock.instant();
        RolloutSight sight = see.of(rollout.gateway(), situation);
        RolloutCourse course = new RolloutCourse(policy, sight, now, "");
        return new RolloutView(
                policy,
                rollout,
                course.waitingFor(rollout),
                situation.held().stream().filter(access::mayRead).toList(),
                course.cohort(rollout),
                sight.agents().size(),
                store.lastEvents(rollout.gateway(), MOST_EVENTS));
    }

    private RolloutCourse course(RolloutPolicy policy, Situation situation, Instant now, String by) {
        return new RolloutCourse(policy, see.of(situation.rollout().gateway(), situation), now, by);
    }

    private RolloutPolicy policy(ResourceName gateway) {
        return current
                .get()
                .gateway(gateway)
                .map(Resource<EgressGateway>::spec)
                .orElseThrow(() -> notFound("There is no gateway %s.".formatted(gateway)))
                .rollout()
                .stream()
                .findFirst()
                .orElseThrow(() -> notFound(
                        "Gateway %s has no rollout policy: changes come to all of its agents at once. Write spec.rollout to have one."
                                .formatted(gateway)));
    }

    // A policy is in force a moment after it is written; until then nothing is on its way.
    private Situation situation(ResourceName gateway) {
        return stage.situation(gateway).orElseGet(() -> {
            Revision head = current.get().revision();
            Rollout first = Rollout.first(gateway, head, clock.instant(), RecordCrossings.AUTHOR);
            return new Situation(first, head, false, false, Set.of());
        });
    }

    // What is served here may be behind what another replica wrote.
    private Rollout stored(ResourceName gateway, Situation situation) {
        return store.all().stream()
                .filter(rollout -> rollout.gateway().equals(gateway))
                .findFirst()
                .orElse(situation.rollout());
    }

    private static FailureException notFound(String detail) {
        return new FailureException(new Failure.NotFound(detail));
    }
}
