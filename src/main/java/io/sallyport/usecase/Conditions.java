package io.sallyport.usecase;

import io.sallyport.domain.Credential;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.CertificateTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is so, or not, of resources.
 *
 * @param observed the state that is looked at
 * @param programmed who runs them
 */
record Conditions(Revision observed, Instant now, Programmed programmed) {

    List<Condition> of(Resource<?> resource) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(condition("Accepted", true, "Accepted", "It is part of the desired state."));
        conditions.add(condition("ResolvedRefs", true, "ResolvedRefs", "Everything that it refers to is there."));
        conditions.add(programmed.of(resource));
        if (resource.spec() instanceof EgressRule rule) {
            conditions.add(expiry(rule.validity()));
        }
        if (resource.spec() instanceof Credential credential) {
            credential.term().forEach(term -> conditions.add(expiry(term)));
        }
        return conditions;
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
