package io.sallyport.domain.audit;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Something that was done or refused, before it has its place in the trail.
 *
 * @param at to the microsecond that a database can hold
 * @param subject the resource that it was about; none where it was about none that can be told; at most one
 * @param status of HTTP, as the caller was answered; 0 where nobody asked
 * @param reason why: the author's words for what was done, what the caller was told for what was refused
 * @param revision the one that was made; none where nothing was done
 * @param before the resource as people write it, in JSON, without secrets; empty where it was not there
 * @param after likewise
 * @param leftOut how many refused attempts of this actor were not recorded since the last that was
 */
public record AuditEntry(
        Instant at,
        Actor actor,
        Asked asked,
        List<ResourceKey> subject,
        Outcome outcome,
        int status,
        String reason,
        Revision revision,
        String before,
        String after,
        long leftOut) {
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        subject = List.copyOf(subject);
        if (subject.size() > 1) {
            throw new IllegalArgumentException("an event is about one resource at most");
        }
    }

    /**
     * Who did it.
     *
     * @param name for people; anybody may choose his own
     * @param id {@code issuer/subject}, which nobody may
     */
    public record Actor(String name, String id) {}

    /**
     * By which request.
     *
     * @param id as the answer had it
     * @param operation its method and path
     */
    public record Asked(String id, String operation) {
        public static final Asked NOBODY = new Asked("", "");
    }

    /** What came of it. */
    public enum Outcome {
        DONE,
        REFUSED,
        /** It was done without the approvals that it needs, for a while. */
        EMERGENCY
    }
}
