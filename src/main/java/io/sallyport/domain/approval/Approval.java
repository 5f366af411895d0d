package io.sallyport.domain.approval;

import io.sallyport.domain.access.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Somebody's word on a change.
 *
 * @param id what tells him from others: {@code issuer/subject}
 * @param name for people to read
 * @param subjects all that roles may be bound to and he was when he gave it
 * @param isRoot whether he was administrator of all whatever the bindings say
 * @param content a hash over what the change did when he gave it: it is about nothing else
 * @param comment his own words; empty where there are none
 */
public record Approval(
        String id,
        String name,
        Set<Subject> subjects,
        boolean isRoot,
        Verdict verdict,
        String content,
        String comment,
        Instant at) {
    public Approval {
        subjects = Set.copyOf(subjects);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** What he says. */
    public enum Verdict {
        APPROVED,
        /** It is not to be done, whoever else approves, until he takes that back or it is changed. */
        REJECTED
    }
}
