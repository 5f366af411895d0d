package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.decision.Verdict.Why;
import io.sallyport.domain.snapshot.CompiledRoute;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a gateway's log says of a request what the evaluator says. */
record LogComparison(Attempt attempt, Verdict expected, Outcome outcome) {
    private static final int MOST_TOLD_APART = 4;
    private static final int OK = 200;

    Optional<String> difference(Optional<JsonNode> log) {
        if (log.isEmpty()) {
            return Optional.of("its log: nothing");
        }
        JsonNode line = log.get();
        boolean agrees = rules().contains(text(line, "rule"))
                && isReason(line)
                && isAction(line)
                && isShadow(line)
                && isRoute(line)
                && isAuthorized(line)
                && isAudited(line);
        return agrees ? Optional.empty() : Optional.of("its log: " + line);
    }

    // Where no rule was asked there is none. A resolver that leaves addresses out has no say in the name.
    private Set<String> rules() {
        Stream<String> admitted = expected.ruling().admittedBy().stream();
        return switch (expected.reason()) {
            case HANDSHAKE, INVALID_TOKEN, TOKEN_REQUIRED -> Set.of("");
            case AUTHORIZATION -> admitted.collect(Collectors.toSet());
            case ADDRESS_POLICY ->
                Stream.concat(admitted, Stream.of(expected.name())).collect(Collectors.toSet());
            case OTHER_NAME ->
                expected.ruling().admittedBy().isEmpty()
                        ? Set.of(expected.name())
                        : admitted.collect(Collectors.toSet());
            default ->
                isPartlyRefused()
                        ? Set.of(expected.name(), Reason.ADDRESS_POLICY.decisionName())
                        : Set.of(expected.name());
        };
    }

    private boolean isPartlyRefused() {
        return expected.ruling().allows() && outcome instanceof Outcome.Told;
    }

    private boolean isReason(JsonNode line) {
        String reason = text(line, "reason");
        return expected.ruling().allows()
                ? answered().map(reason::equals).orElse(true)
                : (!expected.ruling().admittedBy().isEmpty() && !isByRequest())
                        || reason.equals(expected.reason().code());
    }

    // What falls on a refused address of several is refused, and the evaluator does not know on which.
    private boolean isAction(JsonNode line) {
        boolean isRefused = !expected.ruling().allows()
                || (expected.reply() instanceof Reply.Status status
                        && status.code().equals("body-too-large"));
        return !(attempt.approach() instanceof Approach.HttpRequest)
                || (!isRefused && isPartlyRefused())
                || text(line, "action").equals(isRefused ? "denied" : "allowed");
    }

    // What is refused for what is asked, not for where that leads.
    private boolean isByRequest() {
        return switch (expected.reason()) {
            case AUTHORIZATION, AMBIGUOUS_PATH, AMBIGUOUS_METHOD, ROUTE_ESCAPES_RULES -> true;
            default -> false;
        };
    }

    // Why a request that may pass goes no further.
    private Optional<String> answered() {
        if (!(attempt.approach() instanceof Approach.HttpRequest request)
                || !(expected.reply() instanceof Reply.Status(int status, String code))) {
            return outcome instanceof Outcome.Reached ? Optional.of("") : Optional.empty();
        }
        if (!code.isEmpty()) {
            return Optional.of(code);
        }
        return Optional.of(Gatekeeping.isPreflight(request, expected.routing()) && status == OK ? "" : "answered");
    }

    // Of what was not looked up, and of what is not read, nothing is said.
    private boolean isRoute(JsonNode line) {
        if (!(attempt.approach() instanceof Approach.HttpRequest request) || !isLookedUp()) {
            return true;
        }
        return text(line, "route").equals(name(expected.routing())) && isAsked(line, request);
    }

    private boolean isLookedUp() {
        return expected.place().stream().anyMatch(place -> !place.onward().isEmpty());
    }

    private static String name(Routing routing) {
        return routing instanceof Routing.Taken(CompiledRoute route)
                ? "%s/%d/%d".formatted(route.route(), route.rule(), route.match())
                : "";
    }

    // Where another path was sent than was asked for, both are written.
    private boolean isAsked(JsonNode line, Approach.HttpRequest request) {
        if (!(outcome instanceof Outcome.Reached reached) || reached.received().isEmpty()) {
            return true;
        }
        Received received = reached.received().getFirst();
        String asked = text(line, "askedPath");
        return text(line, "host").equals(received.authority())
                && text(line, "path").equals(withoutQuery(received.path()))
                && (asked.isEmpty() ? text(line, "path") : asked).equals(withoutQuery(request.path()));
    }

    private static String withoutQuery(String path) {
        return path.replaceFirst("\\?.*", "");
    }

    private boolean isAuthorized(JsonNode line) {
        return text(line, "authorization").equals(expected.reason() == Reason.AUTHORIZATION ? expected.name() : "");
    }

    // Of more than a few, not each that matched is named.
    private boolean isAudited(JsonNode line) {
        String all = String.join(" ", expected.audits());
        String logged = text(line, "audit");
        return expected.audits().size() < MOST_TOLD_APART ? logged.equals(all) : all.startsWith(logged);
    }

    // Of more than a few, not each that matched is named.
    private boolean isShadow(JsonNode line) {
        String all = expected.shadows().stream()
                .map(shadow -> shadow.rule().toString())
                .collect(Collectors.joining(" "));
        String logged = text(line, "shadow");
        long known = expected.passedOver().stream()
                .filter(passed -> passed.why() == Why.SHADOW)
                .count();
        return known <= MOST_TOLD_APART ? logged.equals(all) : first(all).equals(first(logged));
    }

    private static String first(String names) {
        return names.split(" ", 2)[0];
    }

    private static String text(JsonNode line, String field) {
        JsonNode value = line.path(field);
        return value.isNull() || value.asText().equals("-") ? "" : value.asText();
    }
}
