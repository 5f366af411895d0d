package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Quorum;
import io.sallyport.domain.agent.Stage;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until agents run a revision, and tells how far they have come. */
public final class AwaitConvergence {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Authorizer authorizer;
    private final PolicyStore store;
    private final CurrentState current;
    private final SnapshotFeed feed;
    private final Fleet fleet;
    private final Waits waits = new Waits();

    /**
     * What to wait for.
     *
     * @param gateways those that are meant; all that the caller may read where empty
     */
    public record Wish(Revision revision, Stage stage, Quorum quorum, List<ResourceName> gateways) {
        public Wish {
            gateways = List.copyOf(gateways);
        }
    }

    public AwaitConvergence(
            Authorizer authorizer, PolicyStore store, CurrentState current, SnapshotFeed feed, Fleet fleet) {
        this.authorizer = authorizer;
        this.store = store;
        this.current = current;
        this.feed = feed;
        this.fleet = fleet;
    }

    /** Throws what stands against waiting at all: no right, no such revision or gateway. */
    public void check(Caller caller, Wish wish) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        wish.gateways().forEach(gateway -> access.check(Right.READ, gateway.namespace()));
        wish.gateways().stream()
                .filter(gateway -> current.get().gateway(gateway).isEmpty())
                .findFirst()
                .ifPresent(gateway -> {
                    throw notFound("There is no gateway %s.".formatted(gateway));
                });
        boolean isThere = !wish.revision().isAfter(current.get().revision())
                || store.revision(wish.revision()).isPresent();
        if (!isThere) {
            throw notFound("There is no revision %s.".formatted(wish.revision()));
        }
    }

    /**
     * How far they have come, once it is enough or the time is over. Throws {@code Busy} where too many wait.
     *
     * @param onProgress is told at the beginning and of every change; false from it ends the waiting
     */
    public Convergence await(Caller caller, Wish wish, Duration patience, Predicate<Convergence> onProgress) {
        check(caller, wish);
        return patience.isPositive()
                ? waits.run(caller.id(), () -> awaitNow(caller, wish, patience, onProgress))
                : awaitNow(caller, wish, patience, onProgress);
    }

    private Convergence awaitNow(Caller caller, Wish wish, Duration patience, Predicate<Convergence> onProgress) {
        long deadline = System.nanoTime() + patience.toNanos();
        Convergence now = look(caller, wish);
        boolean goesOn = onProgress.test(now);
        while (goesOn && !now.isReached() && System.nanoTime() < deadline && pause()) {
            Convergence newer = look(caller, wish);
            goesOn = newer.equals(now) || onProgress.test(newer);
            now = newer;
        }
        return now;
    }

    private Convergence look(Caller caller, Wish wish) {
        Access access = authorizer.access(caller);
        Standing standing = Standing.of(feed, fleet);
        List<AgentStatus> agents = fleet.agents();
        List<Convergence.OfGateway> gateways = current.get().gateways().stream()
                .map(Resource::name)
                .filter(gateway -> wish.gateways().isEmpty() || wish.gateways().contains(gateway))
                .filter(gateway -> access.may(Right.READ, gateway.namespace()))
                .map(gateway -> of(gateway, agents, standing, wish))
                .toList();
        return new Convergence(wish.revision(), wish.stage(), wish.quorum(), gateways);
    }

    private Convergence.OfGateway of(ResourceName gateway, List<AgentStatus> agents, Standing standing, Wish wish) {
        return new Convergence.OfGateway(
                gateway,
                agents.stream()
                        .filter(agent -> agent.gateway().equals(gateway))
                        .map(agent -> of(agent, standing, wish))
                        .toList());
    }

    private Convergence.OfAgent of(AgentStatus agent, Standing standing, Wish wish) {
        Stage stage = standing.wholeStage(agent, wish.revision(), current.get());
        return new Convergence.OfAgent(agent, stage, standing.why(agent, stage));
    }

    private static boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FailureException notFound(String detail) {
        return new FailureException(new Failure.NotFound(detail));
    }
}
