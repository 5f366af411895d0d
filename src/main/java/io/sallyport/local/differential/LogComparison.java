package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.decision.Verdict.Why;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a gateway's log says of a request what the evaluator says. */
record LogComparison(Verdict expected, Outcome outcome) {
    private static final int MOST_TOLD_APART = 4;

    Optional<String> difference(Optional<JsonNode> log) {
        if (log.isEmpty()) {
            return Optional.of("its log: nothing");
        }
        JsonNode line = log.get();
        boolean agrees = rules().contains(text(line, "rule"))
                && isReason(line)
                && isShadow(line)
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
        return expected.ruling().allows()
                || !expected.ruling().admittedBy().isEmpty()
                || text(line, "reason").equals(expected.reason().code());
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
