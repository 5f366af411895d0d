package io.sallyport.identity;

import io.sallyport.domain.access.Subject;
import io.sallyport.domain.audit.AuditEntry.Actor;
import io.sallyport.domain.audit.AuditEntry.Asked;
import java.util.Set;

/**
 * Who is calling the API.
 *
 * @param name for people to read, as it is written into history: the preferred user name, else the subject. Anybody may
 *     choose his own, so nothing is decided by it
 * @param id what tells one caller from another and cannot be chosen: {@code issuer/subject}
 * @param subjects all that roles may be bound to and this caller is
 * @param isRoot administrator of all, whatever the bindings say
 * @param asked the request that he calls by
 */
public record Caller(String name, String id, Set<Subject> subjects, boolean isRoot, Asked asked) {
    public Caller {
        subjects = Set.copyOf(subjects);
    }

    public Caller(String name, String id, Set<Subject> subjects, boolean isRoot) {
        this(name, id, subjects, isRoot, Asked.NOBODY);
    }

    public Caller asking(Asked request) {
        return new Caller(name, id, subjects, isRoot, request);
    }

    /** As the audit trail names him. */
    public Actor actor() {
        return new Actor(name, id);
    }

    /** The program itself, which does what nobody asked for. */
    public static Caller system(String name) {
        return new Caller(name, name, Set.of(), true);
    }
}
