package io.sallyport.usecase;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutCourse;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.StageRollouts.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Shows where a gateway is with its changes, and has people decide how it goes on. */
public final class ControlRollout {
    private static final int MOST_EVENTS = 20;
    private static final int EVENTS_AT_ONCE = 100;
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final int LOOKS_WITHOUT_GATEWAY = 3;
    private static final int ATTEMPTS = 5;

    private final Authorizer authorizer;
    private final CurrentState current;
    private final SeeRollout see;
    private final MoveRollout move;
    private final RolloutStore store;
    private final InstantSource clock;

    public ControlRollout(
            Authorizer authorizer,
            CurrentState current,
            SeeRollout see,
            MoveRollout move,
            RolloutStore store,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.current = current;
        this.see = see;
        this.move = move;
        this.store = store;
        this.clock = clock;
    }

    /** Throws {@code NotFound} where the gateway is not there, or has no rollout policy. */
    public RolloutView get(Caller caller, ResourceName gateway) {
        Access access = authorizer.access(caller);
        access.check(Right.READ, gateway.namespace());
        RolloutPolicy policy = policy(gateway);
        Situation situation = situation(gateway);
        // Whoever gave an order is to read what came of it, at whichever replica.
        Rollout stored = whereAnswered(() -> stored(gateway, situation)).orElse(situation.rollout());
        return view(access, policy, situation, stored);
    }

    /**
     * Whoever may write the gateway may; throws {@code Conflict} where it makes no sense now.
     *
     * @param isAsRead whether it may be given to what is at that place; {@code Stale} where it may not
     */
    public RolloutView order(
            Caller caller, ResourceName gateway, RolloutOrder order, Predicate<String> isAsRead, String reason) {
        Access access = authorizer.access(caller);
        access.check(Right.READ, gateway.namespace());
        access.check(Right.WRITE_GATEWAY, gateway.namespace());
        RolloutPolicy policy = policy(gateway);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<RolloutView> done = ordered(caller, access, gateway, policy, order, isAsRead, reason);
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
            Predicate<String> isAsRead,
            String reason) {
        Situation situation = situation(gateway);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Rollout is = stored(gateway, situation);
        check(is, isAsRead);
        Rollout next = ordered(order, is, see.course(policy, situation, now, caller.name()), now, caller, reason);
        return move.ordered(is, next, caller, order, now)
                ? Optional.of(view(access, policy, situation, next))
                : Optional.empty();
    }

    private static void check(Rollout is, Predicate<String> isAsRead) {
        if (!isAsRead.test(is.place())) {
            throw new FailureException(new Failure.Stale(
                    "The rollout is not where it was when you read it: it is %s at revision %s now. Read it again, and order with its ETag in If-Match."
                            .formatted(is.phase().name().toLowerCase(Locale.ROOT), is.candidate())));
        }
    }

    private static Rollout ordered(
            RolloutOrder order, Rollout is, RolloutCourse course, Instant now, Caller caller, String reason) {
        try {
            return order.on(is, course, now, caller.name(), reason);
        } catch (IllegalStateException senseless) {
            throw new FailureException(new Failure.Conflict(String.valueOf(senseless.getMessage())));
        }
    }

    /**
     * Tells of each event after a place, of those that are there and of those that come, until the time is over or the
     * gateway is gone. While the store is away there are none.
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
        int looksWithout = 0;
        boolean goesOn = true;
        while (goesOn && System.nanoTime() < deadline) {
            long at = place;
            authorizer.access(caller).check(Right.READ, gateway.namespace());
            List<RolloutEvent> news = whereAnswered(() -> store.eventsAfter(gateway, at, EVENTS_AT_ONCE))
                    .orElse(List.of());
            place = news.isEmpty() ? place : news.getLast().sequence();
            // What ends with its gateway is told a moment later.
            looksWithout = current.get().gateway(gateway).isPresent() ? 0 : looksWithout + 1;
            goesOn = onEvents.test(news) && looksWithout < LOOKS_WITHOUT_GATEWAY && pause();
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
        RolloutCourse course = see.course(policy, situation, clock.instant(), "");
        Optional<List<RolloutEvent>> events = whereAnswered(() -> store.lastEvents(rollout.gateway(), MOST_EVENTS));
        return new RolloutView(
                policy,
                rollout,
                events.isPresent() ? course.waitingFor(rollout) : RolloutCourse.STORE_AWAY,
                situation.held().stream().filter(access::mayRead).toList(),
                course.cohort(rollout),
                course.agents(),
                events.orElse(List.of()));
    }

    // While the store is away it is told where it is, and what comes to be known later is told then.
    private static <T> Optional<T> whereAnswered(Supplier<T> asked) {
        try {
            return Optional.of(asked.get());
        } catch (FailureException failed) {
            if (failed.failure() instanceof Failure.Unavailable) {
                return Optional.empty();
            }
            throw failed;
        }
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
        return see.situation(gateway).orElseGet(() -> {
            Revision head = current.get().revision();
            Rollout first = Rollout.first(gateway, head, clock.instant(), RecordCrossings.AUTHOR);
            return new Situation(first, head, false, false, false, Set.of());
        });
    }

    // What is served here may be behind what another replica wrote, or ahead of it where a policy was taken away.
    private Rollout stored(ResourceName gateway, Situation situation) {
        return store.all().stream()
                .filter(rollout -> rollout.gateway().equals(gateway))
                .filter(rollout -> rollout.version() > situation.rollout().version())
                .findFirst()
                .orElse(situation.rollout());
    }

    private static FailureException notFound(String detail) {
        return new FailureException(new Failure.NotFound(detail));
    }
}
