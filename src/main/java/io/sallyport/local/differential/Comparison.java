package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.decision.Addresses.Judged;
import io.sallyport.domain.decision.Addresses.Judgement;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Onward;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what came of a request is what the evaluator says. */
record Comparison(Snapshot snapshot, Attempt attempt, Verdict expected) {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int BAD_GATEWAY = 502;

    /**
     * What is different; nothing where they agree.
     *
     * @param connected the addresses at which there were new connections
     */
    Optional<String> difference(Outcome outcome, Optional<JsonNode> log, Set<String> connected) {
        if (isNoHttp(outcome)) {
            return Optional.empty();
        }
        if (!agrees(outcome)) {
            return Optional.of("the gateway: %s, its log: %s".formatted(outcome, log));
        }
        if (!connected.stream().allMatch(this::mayConnect)) {
            return Optional.of("connected to " + connected);
        }
        return Gatekeeping.passing(snapshot, attempt, expected)
                .flatMap(passing -> new Transit(passing).difference(outcome))
                .or(() -> new LogComparison(attempt, expected, outcome).difference(log));
    }

    /** Whether the reply is the one that is expected. */
    boolean agrees(Outcome outcome) {
        return switch (expected.reply()) {
            case Reply.OfDestination destination -> isOfDestination(outcome);
            case Reply.Status status ->
                isOpenTunnel(status)
                        ? isOfDestination(outcome)
                        : outcome instanceof Outcome.Told told && is(told, status);
            case Reply.OpenedThenClosed cut -> outcome instanceof Outcome.ClosedInside;
            case Reply.Closed closed -> outcome instanceof Outcome.Closed;
        };
    }

    private boolean isOpenTunnel(Reply.Status status) {
        return attempt.approach() instanceof Approach.Tunnel && status.code().isEmpty();
    }

    private boolean is(Outcome.Told told, Reply.Status status) {
        return hasStatus(told, status.status()) && told.code().equals(status.code()) && isNamed(told);
    }

    // Calls of gRPC are always answered 200, and told by a status of their own.
    private static boolean hasStatus(Outcome.Told told, int status) {
        return told.grpc().isEmpty() ? told.status() == status : told.grpc().getFirst() == GrpcStatus.of(status);
    }

    // Problems of tokens and of addresses name nothing.
    private boolean isNamed(Outcome.Told told) {
        return told.rule().isEmpty() || told.rule().equals(expected.name());
    }

    private boolean isOfDestination(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Reached reached -> isThere(reached);
            case Outcome.Told told ->
                (hasStatus(told, FORBIDDEN) && told.code().equals("address-policy") && isRefusedInPart())
                        || (hasStatus(told, BAD_GATEWAY) && told.code().equals("upstream-tls") && !isProven());
            case Outcome.Closed closed -> false;
            case Outcome.ClosedInside cut -> false;
            case Outcome.Broken broken -> false;
        };
    }

    private boolean isThere(Outcome.Reached reached) {
        return mayConnect(reached.address())
                && isProven()
                && onward().flatMap(this::ports).anyMatch(port -> port == reached.port());
    }

    private boolean isRefusedInPart() {
        return onward().anyMatch(onward -> onward.addresses().areRefusedInPart());
    }

    // Whom an upstream has to prove to be.
    private boolean isProven() {
        return onward().allMatch(onward -> switch (onward.tls()) {
            case Verdict.Tls.Originated originated ->
                !upstream(onward).tls().caBundle().isEmpty() && !Material.UNCERTIFIED.contains(originated.serverName());
            case Verdict.Tls.None none -> true;
            case Verdict.Tls.PassedThrough passed -> true;
        });
    }

    private boolean mayConnect(String address) {
        return expected.ruling().allows()
                && !isAnswered()
                && onward().anyMatch(onward ->
                        onward.addresses().judged().stream().anyMatch(judged -> isPermitted(judged, address)));
    }

    // Whatever stops a request on its way, it goes no further.
    private boolean isAnswered() {
        return attempt.approach() instanceof Approach.HttpRequest && expected.reply() instanceof Reply.Status;
    }

    private static boolean isPermitted(Judged judged, String address) {
        return judged.judgement() == Judgement.PERMITTED
                && judged.address().address().value().equals(address);
    }

    // What is no HTTP, an impossible port in a target or a tunnel to none, never comes as far as to a filter.
    boolean isNoHttp(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Told told ->
                told.status() == BAD_REQUEST
                        && (told.code().isEmpty() || told.code().equals("malformed-request"))
                        && (!expected.ruling().allows() || hasNoPort());
            case Outcome.Closed closed -> attempt.isHttp2() && expected.reason() == Reason.MALFORMED_HOST;
            case Outcome.Reached reached -> false;
            case Outcome.ClosedInside cut -> false;
            case Outcome.Broken broken -> false;
        };
    }

    private boolean hasNoPort() {
        return attempt.approach() instanceof Approach.Tunnel tunnel
                && !tunnel.authority().contains(":");
    }

    private Stream<Onward> onward() {
        return expected.place().stream().flatMap(place -> place.onward().stream());
    }

    private Upstream upstream(Onward onward) {
        return snapshot.upstreams().stream()
                .filter(upstream -> upstream.name().equals(onward.upstream()))
                .findFirst()
                .orElseThrow();
    }

    private Stream<Integer> ports(Onward onward) {
        Upstream upstream = Objects.requireNonNull(upstream(onward));
        return upstream.endpoints().isEmpty()
                ? Stream.of(upstream.targetPort().value())
                : upstream.endpoints().stream().map(endpoint -> endpoint.port().value());
    }
}
