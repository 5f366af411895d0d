package io.sallyport.domain.approval;

import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import java.util.List;

/**
 * Who may give his word; any of these.
 *
 * @param roles which count where they are had in every namespace that the change writes to
 * @param subjects whatever their roles
 */
public record Approvers(List<Role> roles, List<Subject> subjects) {
    public Approvers {
        roles = List.copyOf(roles);
        subjects = List.copyOf(subjects);
        if (roles.isEmpty() && subjects.isEmpty()) {
            throw new IllegalArgumentException("somebody must be able to approve: name roles or subjects");
        }
    }

    /** Whether all whom the others name are named here too. */
    public boolean include(Approvers others) {
        return roles.containsAll(others.roles) && subjects.containsAll(others.subjects);
    }
}
