package io.sallyport.compiler.envoy;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Rules of authorization by what they do, each kind in the order in which it is tried.
 *
 * @param permissions those of each policy that allows anything, of which one must match; none where it cannot
 */
record ClauseGroups(
        List<AuthorizationClause> denials,
        SequencedMap<ResourceName, List<AuthorizationClause>> permissions,
        List<AuthorizationClause> audits) {
    static final ClauseGroups NONE = of(List.of());

    static ClauseGroups of(Collection<AuthorizationClause> clauses) {
        SequencedMap<ResourceName, List<AuthorizationClause>> permissions = new LinkedHashMap<>();
        clauses.stream()
                .filter(clause -> clause.rule().action() == Action.ALLOW)
                .forEach(clause -> permissions
                        .computeIfAbsent(clause.policy(), unseen -> new ArrayList<>())
                        .add(clause));
        return new ClauseGroups(of(Action.DENY, clauses), permissions, of(Action.AUDIT, clauses));
    }

    private static List<AuthorizationClause> of(Action action, Collection<AuthorizationClause> clauses) {
        return clauses.stream()
                .filter(clause -> clause.rule().action() == action)
                .toList();
    }

    /** The same without what is not about a port. */
    ClauseGroups at(PortNumber port) {
        SequencedMap<ResourceName, List<AuthorizationClause>> left = new LinkedHashMap<>();
        permissions.forEach((policy, clauses) -> left.put(policy, at(port, clauses)));
        return new ClauseGroups(at(port, denials), left, at(port, audits));
    }

    private static List<AuthorizationClause> at(PortNumber port, List<AuthorizationClause> clauses) {
        return clauses.stream()
                .filter(clause -> clause.rule().to().ports().isEmpty()
                        || clause.rule().to().ports().contains(port))
                .toList();
    }

    boolean isDecidingNothing() {
        return denials.isEmpty() && permissions.isEmpty();
    }

    /** The classes that they ask for. */
    List<String> sources() {
        List<AuthorizationClause> all = new ArrayList<>(denials);
        permissions.values().forEach(all::addAll);
        all.addAll(audits);
        return all.stream()
                .flatMap(clause -> clause.sources().stream())
                .distinct()
                .toList();
    }
}
