package io.sallyport.domain;

import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import java.util.List;

/**
 * Gives subjects a role.
 *
 * @param subjects at least one
 * @param reach where they have it
 */
public record RoleBinding(Role role, List<Subject> subjects, Reach reach) implements Spec {
    public RoleBinding {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a role binding has at least one subject");
        }
    }

    /** In which namespaces a binding holds. */
    public enum Reach {
        /** In the one that it lives in. */
        OWN,
        /** In all of them, those to come included; only an administrator of all writes such a binding. */
        ALL
    }
}
