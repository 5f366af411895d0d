package io.sallyport.identity;

import java.util.Set;

/**
 * Who is calling the API.
 *
 * @param name as it is written into history: the preferred user name, else the subject
 */
public record Caller(String name, Set<Role> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role wanted) {
        return roles.stream().anyMatch(role -> role.includes(wanted));
    }
}
