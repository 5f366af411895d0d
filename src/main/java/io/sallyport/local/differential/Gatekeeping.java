package io.sallyport.local.differential;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What policies make of requests that may pass and explain does not know of: those of web pages, and large ones. */
record Gatekeeping(Snapshot snapshot) {
    private static final int OK = 200;
    private static final int TOO_LARGE = 413;

    /** The verdict, with the reply that the source gets to see; where it cannot be told which comes first, both. */
    Stream<Verdict> of(Attempt attempt, Verdict verdict) {
        Optional<Passing> passing = passing(snapshot, attempt, verdict);
        boolean isStoppedLater = passing.isPresent() && isStoppedLater(verdict);
        List<Verdict> stopped = passing.stream()
                .filter(one -> verdict.ruling().allows() || isStoppedLater)
                .flatMap(one -> reply(one).stream())
                .map(reply -> with(verdict, admitted(verdict), reply))
                .toList();
        boolean isAlone = !isStoppedLater
                || passing.orElseThrow().policy().authorization().isEmpty();
        return stopped.isEmpty() || !isAlone ? Stream.concat(stopped.stream(), Stream.of(verdict)) : stopped.stream();
    }

    // Routes, and where they lead, come last.
    private static boolean isStoppedLater(Verdict verdict) {
        return switch (verdict.reason()) {
            case AMBIGUOUS_PATH, ROUTE_ESCAPES_RULES, ADDRESS_POLICY -> true;
            default -> false;
        };
    }

    private static Ruling admitted(Verdict verdict) {
        return verdict.ruling().admittedBy().stream()
                .findFirst()
                .map(rule -> new Ruling(Action.ALLOW, rule, Verdict.Reason.RULE, List.of()))
                .orElse(verdict.ruling());
    }

    /** Nothing of what is no request, or nobody's. */
    static Optional<Passing> passing(Snapshot snapshot, Attempt attempt, Verdict verdict) {
        return verdict.place().stream()
                .filter(place -> attempt.approach() instanceof HttpRequest)
                .map(place -> passing(snapshot, attempt, (HttpRequest) attempt.approach(), verdict, place))
                .findFirst();
    }

    private static Passing passing(
            Snapshot snapshot, Attempt attempt, HttpRequest request, Verdict verdict, Verdict.Place place) {
        ListenerSnapshot listener = snapshot.listeners().stream()
                .filter(one -> one.listener().name().equals(attempt.listener()))
                .findFirst()
                .orElseThrow();
        HostEntry host = listener.hosts().stream()
                .filter(entry -> entry.host().equals(place.host()))
                .findFirst()
                .orElseThrow();
        var policies = PoliciesInForce.of(snapshot.policies());
        Set<String> told = Stream.concat(
                        Stream.of(listener.jwt()), policies.anywhereAt(listener).map(EffectivePolicy::jwt))
                .flatMap(List::stream)
                .flatMap(provider -> provider.claimsToHeaders().keySet().stream())
                .collect(Collectors.toSet());
        return new Passing(attempt, request, verdict, listener, policies.at(listener, host), told);
    }

    private static Optional<Reply> reply(Passing passing) {
        if (isPreflight(passing.request(), passing.verdict().routing())
                && !passing.policy().closest(TrafficPolicy::cors).isEmpty()) {
            return Optional.of(new Reply.Status(OK, ""));
        }
        long length = passing.attempt().manner().bodyBytes();
        return passing.policy()
                        .sections(TrafficPolicy::requestLimits)
                        .flatMapToLong(limits -> limits.body().stream())
                        .anyMatch(most -> length > most)
                ? Optional.of(new Reply.Status(TOO_LARGE, "body-too-large"))
                : Optional.empty();
    }

    // What a route answers by itself is not asked of anybody.
    private static boolean isSentOn(Routing routing) {
        return switch (routing) {
            case Routing.ToOwner owner -> true;
            case Routing.Taken taken -> taken.route().action() instanceof RouteAction.Forward;
            case Routing.NoRoute none -> false;
            case Routing.AmbiguousPath ambiguous -> false;
        };
    }

    /** Whether a browser asks in it whether it may ask (Fetch standard, CORS-preflight request), and no route answers it. */
    static boolean isPreflight(Approach.HttpRequest request, Routing routing) {
        return isSentOn(routing)
                && request.method().equals("OPTIONS")
                && request.headers().keySet().containsAll(List.of("origin", "access-control-request-method"));
    }

    private static Verdict with(Verdict of, Ruling ruling, Reply reply) {
        return new Verdict(
                ruling,
                of.source(),
                of.place(),
                of.routing(),
                of.passedOver(),
                of.shadows(),
                of.audits(),
                of.asked(),
                reply);
    }
}
