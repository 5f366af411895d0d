package io.sallyport.local.differential;

import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Many requests under one state. */
final class Round {
    private static final Duration MARGIN = Duration.ofMillis(25);
    private static final Duration PATIENCE_FOR_LOG = Duration.ofSeconds(10);
    private static final Duration PATIENCE_FOR_NAMES = Duration.ofSeconds(5);
    private static final int ATTEMPTS_OF_AN_ANSWER = 40;

    private final World world;
    private final TrialState state;
    private final Snapshot snapshot;
    private final Expectation expectation;
    private final Probe probe;
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    private record Pair(Attempt attempt, List<Verdict> expected, Probe.Seen seen, Set<String> connected) {}

    Round(World world, TrialState state) {
        this.world = world;
        this.state = state;
        world.log().forget();
        this.snapshot = world.run(state);
        this.expectation = new Expectation(snapshot, world.names());
        this.probe = world.probe();
    }

    /** Makes so many requests that are not astride a bound of validity; returns those that are decided differently. */
    List<Disagreement> run(int count, Supplier<Attempt> attempts) {
        while (pairs.size() < count) {
            if (pairs.size() % ATTEMPTS_OF_AN_ANSWER == 0) {
                world.names().turn();
            }
            attempt(attempts.get()).ifPresent(pairs::add);
        }
        awaitLog();
        pairs.forEach(pair -> world.coverage()
                .add(pair.attempt(), pair.expected(), pair.seen().outcome()));
        return pairs.stream().flatMap(pair -> compared(pair).stream()).toList();
    }

    // At a bound nobody can tell which side of it Envoy's clock was on. Names may be asked for just now.
    private Optional<Pair> attempt(Attempt attempt) {
        Instant end = Instant.now().plus(PATIENCE_FOR_NAMES);
        while (true) {
            Map<String, Integer> before = world.upstreams().connections();
            List<Verdict> expected = expectation.of(attempt, Instant.now().minus(MARGIN));
            Probe.Seen seen = probe.run(attempt, listener(attempt), isForTls(expected));
            if (!names(expected)
                    .equals(names(expectation.of(attempt, Instant.now().plus(MARGIN))))) {
                return Optional.empty();
            }
            if (!isTheFirstFromThere(attempt, seen)) {
                return Optional.empty();
            }
            if (!isTooEarly(attempt, expected, seen) || Instant.now().isAfter(end)) {
                Set<String> connected = world.upstreams().connectedSince(before);
                return Optional.of(new Pair(attempt, expected, seen, connected));
            }
            World.pause();
        }
    }

    private static boolean isForTls(List<Verdict> expected) {
        return expected.getFirst().place().stream()
                .flatMap(place -> place.onward().stream())
                .anyMatch(onward -> onward.protocol().isReachableBySni());
    }

    // The log knows requests by where they came from, and a port may be used again.
    private boolean isTheFirstFromThere(Attempt attempt, Probe.Seen seen) {
        return places.add(
                "%s %s %d".formatted(attempt.listener(), attempt.peer().address(), seen.sourcePort()));
    }

    private static List<String> names(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.name() + verdict.shadows())
                .toList();
    }

    // An upstream that has just come may have no address yet, or its certificates no authority.
    private boolean isTooEarly(Attempt attempt, List<Verdict> expected, Probe.Seen seen) {
        boolean isUnwell = switch (seen.outcome()) {
            case Outcome.Told told -> told.status() >= 500;
            case Outcome.Closed closed -> true;
            case Outcome.ClosedInside cut -> true;
            case Outcome.Reached reached -> false;
            case Outcome.Broken broken -> false;
        };
        return isUnwell
                && expected.stream()
                        .anyMatch(verdict -> verdict.ruling().allows()
                                || !verdict.ruling().admittedBy().isEmpty())
                && expected.stream()
                        .noneMatch(verdict -> new Comparison(snapshot, attempt, verdict).agrees(seen.outcome()));
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
                && !new Comparison(snapshot, pair.attempt(), pair.expected().getFirst())
                        .isNoHttp(pair.seen().outcome());
    }

    // On none of the ways that there are.
    private Optional<Disagreement> compared(Pair pair) {
        List<String> differences = new ArrayList<>();
        for (Verdict expected : pair.expected()) {
            Optional<String> difference = new Comparison(snapshot, pair.attempt(), expected)
                    .difference(
                            pair.seen().outcome(),
                            world.log().line(pair.attempt(), pair.seen().sourcePort()),
                            pair.connected());
            if (difference.isEmpty()) {
                return Optional.empty();
            }
            differences.add(difference.get());
        }
        return Optional.of(new Disagreement(state, pair.attempt(), pair.expected(), differences));
    }
}
