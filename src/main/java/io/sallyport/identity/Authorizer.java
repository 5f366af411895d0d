package io.sallyport.identity;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The one table of who may do what. */
public final class Authorizer {

    /** Throws {@code Forbidden} unless the caller may read. */
    public void checkRead(Caller caller) {
        check(caller, Role.VIEWER, "read");
    }

    /** Throws {@code Forbidden} unless the caller may write resources of this kind. */
    public void checkWrite(Caller caller, Kind kind) {
        Role needed = switch (kind) {
            case NAMESPACE, EGRESS_GATEWAY, CREDENTIAL -> Role.ADMIN;
            case DESTINATION, WORKLOAD, EGRESS_RULE, TRAFFIC_ROUTE, SECURITY_POLICY -> Role.EDITOR;
        };
        check(caller, needed, "write a resource of kind " + kind.documentName());
    }

    private static void check(Caller caller, Role needed, String what) {
        if (!caller.has(needed)) {
            throw new FailureException(new Failure.Forbidden("To %s the role %s is needed; %s has %s"
                    .formatted(what, lower(needed), caller.name(), named(caller.roles()))));
        }
    }

    private static String named(Set<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : roles.stream().sorted().map(Authorizer::lower).collect(Collectors.joining(", "));
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
