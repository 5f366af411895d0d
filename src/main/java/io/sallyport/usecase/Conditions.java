package io.sallyport.usecase;

import io.sallyport.domain.Credential;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.CertificateTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is so, or not, of resources.
 *
 * @param observed the state that is looked at
 * @param agents those connected to this replica
 */
record Conditions(Revision observed, Instant now, List<AgentStatus> agents) {

    List<Condition> of(Resource<?> resource) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(condition("Accepted", true, "Accepted", "It is part of the desired state."));
        conditions.add(condition("ResolvedRefs", true, "ResolvedRefs", "Everything that it refers to is there."));
        if (resource.spec() instanceof EgressGateway) {
            conditions.add(programmed(resource, resource.name()::equals));
        }
        if (resource.spec() instanceof EgressRule rule) {
            conditions.add(programmed(resource, rule::isOf));
            conditions.add(expiry(rule.validity()));
        }
        if (resource.spec() instanceof Credential credential) {
            credential.term().forEach(term -> conditions.add(expiry(term)));
        }
        rejected(resource).ifPresent(rejected -> {
            conditions.removeIf(condition -> condition.type().equals(rejected.type()));
            conditions.add(rejected);
        });
        return conditions;
    }

    /** Of any kind: that an agent runs less than this, and what it said. */
    private Optional<Condition> rejected(Resource<?> resource) {
        List<String> words = agents.stream()
                .flatMap(agent -> agent.progress().held().stream()
                        .filter(held -> held.object().equals(resource.key()))
                        .map(held -> "%s of %s said: %s%s"
                                .formatted(
                                        agent.nodeId(),
                                        agent.gateway(),
                                        held.reason(),
                                        held.passes() ? " (it is tried again now and then)" : "")))
                .toList();
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(condition(
                        "Programmed",
                        false,
                        "RejectedByAgent",
                        "%d agents connected to this replica refuse it, and run what they accepted of it before, less what was revoked since; %s"
                                .formatted(words.size(), words.getFirst())));
    }

    private Condition expiry(CertificateTerm term) {
        return switch (term.at(now)) {
            case NOT_YET_VALID ->
                condition("Expired", false, "NotYetValid", "It begins at %s.".formatted(term.notBefore()));
            case VALID -> condition("Expired", false, "Valid", "It ends at %s.".formatted(term.notAfter()));
            case EXPIRES_SOON ->
                condition("Expired", false, "ExpiresSoon", "It ends at %s.".formatted(term.notAfter()));
            case EXPIRED -> condition("Expired", true, "Expired", "It ended at %s.".formatted(term.notAfter()));
        };
    }

    private Condition programmed(Resource<?> resource, Predicate<ResourceName> ofGateway) {
        List<AgentStatus> concerned =
                agents.stream().filter(agent -> ofGateway.test(agent.gateway())).toList();
        long done = concerned.stream()
                .filter(agent -> !resource.metadata().revision().isAfter(agent.acknowledgedRevision()))
                .count();
        boolean all = !concerned.isEmpty() && done == concerned.size();
        return condition(
                "Programmed",
                all,
                reason(concerned.isEmpty(), all),
                "%d/%d agents connected to this replica have acknowledged it.".formatted(done, concerned.size()));
    }

    private static String reason(boolean nobody, boolean all) {
        if (nobody) {
            return "NoAgents";
        }
        return all ? "Programmed" : "Pending";
    }

    private Condition expiry(Validity validity) {
        return switch (validity.passedAt(now)) {
            case END -> condition("Expired", true, "Expired", "It ended at %s.".formatted(validity.expiresAt()));
            case START -> condition("Expired", false, "Valid", end(validity));
            case NONE ->
                validity.hasStart()
                        ? condition("Expired", false, "NotYetValid", "It begins at %s.".formatted(validity.notBefore()))
                        : condition("Expired", false, "Valid", end(validity));
        };
    }

    private static String end(Validity validity) {
        return validity.hasEnd() ? "It ends at %s.".formatted(validity.expiresAt()) : "It has no end.";
    }

    private Condition condition(String type, boolean status, String reason, String message) {
        return new Condition(type, status, reason, message, observed);
    }
}
