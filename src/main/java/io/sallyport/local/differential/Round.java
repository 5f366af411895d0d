package io.sallyport.local.differential;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Many requests under one state. */
final class Round {
    private static final Duration MARGIN = Duration.ofMillis(25);
    private static final Duration PATIENCE_FOR_LOG = Duration.ofSeconds(10);

    private final World world;
    private final TrialState state;
    private final Snapshot snapshot;
    private final Evaluator evaluator;
    private final Probe probe = new Probe();
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    private record Pair(Attempt attempt, Verdict expected, Probe.Seen seen) {}

    Round(World world, TrialState state) {
        this.world = world;
        this.state = state;
        world.log().forget();
        this.snapshot = world.run(state);
        this.evaluator = new Evaluator(snapshot);
    }

    /** Makes so many requests that are not astride a bound of validity; returns those that are decided differently. */
    List<Disagreement> run(int count, Supplier<Attempt> attempts) {
        while (pairs.size() < count) {
            attempt(attempts.get()).ifPresent(pairs::add);
        }
        awaitLog();
        return pairs.stream().flatMap(pair -> compared(pair).stream()).toList();
    }

    // At a bound nobody can tell which side of it Envoy's clock was on.
    private Optional<Pair> attempt(Attempt attempt) {
        Listener listener = listener(attempt);
        Verdict before = evaluator.decide(attempt.at(Instant.now().minus(MARGIN)));
        Probe.Seen seen = probe.run(attempt, listener, listener.port().value());
        Verdict after = evaluator.decide(attempt.at(Instant.now().plus(MARGIN)));
        boolean isCertain = before.name().equals(after.name()) && isTheFirstFromThere(attempt, seen);
        return isCertain ? Optional.of(new Pair(attempt, before, seen)) : Optional.empty();
    }

    // The log knows requests by where they came from, and a port may be used again.
    private boolean isTheFirstFromThere(Attempt attempt, Probe.Seen seen) {
        return places.add(
                "%s %s %d".formatted(attempt.listener(), attempt.peer().address(), seen.sourcePort()));
    }

    private Listener listener(Attempt attempt) {
        return snapshot.listeners().stream()
                .map(ListenerSnapshot::listener)
                .filter(listener -> listener.name().equals(attempt.listener()))
                .findFirst()
                .orElseThrow();
    }

    private void awaitLog() {
        Instant end = Instant.now().plus(PATIENCE_FOR_LOG);
        world.log().readOn();
        while (Instant.now().isBefore(end) && pairs.stream().anyMatch(this::isToBeLogged)) {
            World.pause();
            world.log().readOn();
        }
    }

    private boolean isToBeLogged(Pair pair) {
        return world.log().line(pair.attempt(), pair.seen().sourcePort()).isEmpty()
                && !Comparison.isNoHttp(
                        pair.attempt(), pair.expected(), pair.seen().outcome());
    }

    private Optional<Disagreement> compared(Pair pair) {
        return new Comparison(snapshot)
                .difference(
                        pair.attempt(),
                        pair.expected(),
                        pair.seen().outcome(),
                        world.log().line(pair.attempt(), pair.seen().sourcePort()))
                .map(difference -> new Disagreement(state, pair.attempt(), pair.expected(), difference));
    }
}
