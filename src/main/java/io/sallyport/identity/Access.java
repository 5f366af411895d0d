package io.sallyport.identity;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.Spec;
import io.sallyport.domain.access.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one caller may do at one state: asked for once, then asked as often as needed.
 *
 * @param everywhere the roles that he has in every namespace
 * @param within the roles that he has besides, by namespace
 */
public record Access(Caller caller, Set<Role> everywhere, Map<Name, Set<Role>> within) {
    public Access {
        everywhere = Set.copyOf(everywhere);
        within = Map.copyOf(within);
    }

    static Access of(Caller caller, DesiredState state) {
        Set<Role> everywhere = EnumSet.noneOf(Role.class);
        if (caller.isRoot()) {
            everywhere.add(Role.ADMINISTRATOR);
        }
        Map<Name, Set<Role>> within = new HashMap<>();
        for (Resource<RoleBinding> binding : state.roleBindings()) {
            if (concerns(binding.spec(), caller)) {
                Set<Role> roles = switch (binding.spec().reach()) {
                    case ALL -> everywhere;
                    case OWN -> within.computeIfAbsent(binding.namespace(), any -> EnumSet.noneOf(Role.class));
                };
                roles.add(binding.spec().role());
            }
        }
        return new Access(caller, everywhere, within);
    }

    private static boolean concerns(RoleBinding binding, Caller caller) {
        return binding.subjects().stream().anyMatch(caller.subjects()::contains);
    }

    /** The roles that count in a namespace. */
    public Set<Role> in(Name namespace) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(everywhere);
        roles.addAll(within.getOrDefault(namespace, Set.of()));
        return roles;
    }

    public boolean may(Right right, Name namespace) {
        return switch (right.reach()) {
            case NAMESPACE -> in(namespace).stream().anyMatch(right::isOf);
            case EVERYWHERE -> mayEverywhere(right);
        };
    }

    /** Whether he may do it in every namespace, those that are not there yet included. */
    public boolean mayEverywhere(Right right) {
        return everywhere.stream().anyMatch(right::isOf);
    }

    /** Whether he may do it in any namespace at all. */
    public boolean mayAnywhere(Right right) {
        return mayEverywhere(right) || within.keySet().stream().anyMatch(namespace -> may(right, namespace));
    }

    public boolean mayRead(ResourceKey key) {
        return may(Right.READ, key.namespace());
    }

    /** Throws {@code Forbidden} with what is missing; so do the others below. */
    public void check(Right right, Name namespace) {
        if (!may(right, namespace)) {
            throw forbidden(right, place(right, namespace), in(namespace));
        }
    }

    public void checkEverywhere(Right right) {
        if (!mayEverywhere(right)) {
            throw forbidden(right, "in all namespaces", everywhere);
        }
    }

    public void checkAnywhere(Right right) {
        if (!mayAnywhere(right)) {
            throw forbidden(right, "in some namespace", everywhere);
        }
    }

    /** Comes before all that would tell whether there is such a thing. */
    public void checkRead(ResourceKey key) {
        check(Right.READ, key.namespace());
    }

    /** For what is there and what is to be there: whoever makes one of the other needs the right to both. */
    public void checkWrite(ResourceKey key, Collection<? extends Spec> contents) {
        Stream<Right> rights = contents.isEmpty()
                ? Stream.of(Right.toWrite(key.kind()))
                : contents.stream().map(Right::toWrite);
        rights.forEach(right -> check(right, key.namespace()));
    }

    /** The same of whoever is only to read it, whatever it contains. */
    public void checkReadOf(ResourceKey key, Collection<? extends Spec> contents) {
        checkRead(key);
    }

    private static String place(Right right, Name namespace) {
        return switch (right.reach()) {
            case NAMESPACE -> "in namespace " + namespace;
            case EVERYWHERE -> "in all namespaces";
        };
    }

    private FailureException forbidden(Right right, String place, Set<Role> had) {
        String needed = right.isOf(Role.VIEWER)
                ? "a role"
                : "the role " + right.roles().stream().map(Role::word).collect(Collectors.joining(" or "));
        return new FailureException(new Failure.Forbidden("To %s %s, %s is needed there; %s has %s."
                .formatted(right.words(), place, needed, caller.name(), named(had))));
    }

    private static String named(Set<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }
}
