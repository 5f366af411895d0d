package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what came of a request is what the evaluator says. */
record Comparison(Snapshot snapshot) {

    /** What is different; nothing where they agree. */
    Optional<String> difference(Attempt attempt, Verdict expected, Outcome outcome, Optional<JsonNode> log) {
        if (isNoHttp(attempt, expected, outcome)) {
            return Optional.empty();
        }
        if (!agrees(expected, outcome)) {
            return Optional.of("the gateway: %s, its log: %s".formatted(outcome, log));
        }
        String logged = log.map(line -> line.path("rule").asText()).orElse("nothing at all");
        return logged.equals(expected.name()) ? Optional.empty() : Optional.of("its log: " + log);
    }

    private boolean agrees(Verdict expected, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Reached reached ->
                expected.action() == Action.ALLOW && ports(expected).contains(reached.port());
            case Outcome.Refused refused ->
                expected.action() == Action.DENY
                        && (refused.rule().isEmpty() || refused.rule().equals(expected.name()));
            case Outcome.Broken broken -> false;
        };
    }

    // What is no HTTP/1.1, an impossible port in a target or a tunnel to none, never comes as far as to a filter.
    static boolean isNoHttp(Attempt attempt, Verdict expected, Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                && refused.status() == 400
                && (expected.action() == Action.DENY
                        || (attempt.approach() instanceof Approach.Tunnel tunnel
                                && !tunnel.authority().contains(":")));
    }

    private List<Integer> ports(Verdict expected) {
        return expected.place().stream()
                .flatMap(place -> place.onward().stream())
                .map(Verdict.Onward::upstream)
                .flatMap(name -> snapshot.upstreams().stream()
                        .filter(upstream -> upstream.name().equals(name)))
                .flatMap(Comparison::ports)
                .toList();
    }

    private static Stream<Integer> ports(Upstream upstream) {
        return upstream.endpoints().isEmpty()
                ? Stream.of(upstream.targetPort().value())
                : upstream.endpoints().stream().map(endpoint -> endpoint.port().value());
    }
}
