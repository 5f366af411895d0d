package io.sallyport.identity;

import io.sallyport.domain.access.Subject;
import java.util.Set;

/**
 * Who is calling the API.
 *
 * @param name for people to read, as it is written into history: the preferred user name, else the subject. Anybody may
 *     choose his own, so nothing is decided by it
 * @param id what tells one caller from another and cannot be chosen: {@code issuer/subject}
 * @param subjects all that roles may be bound to and this caller is
 * @param isRoot administrator of all, whatever the bindings say
 */
public record Caller(String name, String id, Set<Subject> subjects, boolean isRoot) {
    public Caller {
        subjects = Set.copyOf(subjects);
    }

    /** The program itself, which does what nobody asked for. */
    public static Caller system(String name) {
        return new Caller(name, name, Set.of(), true);
    }
}
