package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Approval.Verdict;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Whose word counts for a change.
 *
 * @param state by whose role bindings
 * @param keys what the change writes
 * @param authors whose word does not count
 */
record WeighApprovals(
        Authorizer authorizer, DesiredState state, Set<ResourceKey> keys, Set<String> authors, Instant now) {
    WeighApprovals {
        keys = Set.copyOf(keys);
        authors = Set.copyOf(authors);
    }

    List<DemandStanding> standings(NeededApprovals needed, Collection<Approval> words) {
        List<Approval> about = words.stream()
                .filter(word -> word.content().equals(needed.content()))
                .toList();
        return needed.demands().stream().map(demand -> standing(demand, about)).toList();
    }

    private DemandStanding standing(Demand demand, List<Approval> words) {
        List<Approval> counting =
                words.stream().filter(word -> counts(word, demand.by())).toList();
        return new DemandStanding(
                demand,
                counting.stream()
                        .filter(word -> word.verdict() == Verdict.APPROVED)
                        .filter(word -> now.isBefore(word.at().plus(demand.validFor())))
                        .toList(),
                counting.stream()
                        .filter(word -> word.verdict() == Verdict.REJECTED)
                        .toList(),
                false);
    }

    /** Whether what somebody said counts still, by the rights that he has at the state. */
    boolean counts(Approval word, Approvers by) {
        return mayApprove(new Caller(word.name(), word.id(), word.subjects(), word.isRoot()), by);
    }

    boolean mayApprove(Caller caller, Approvers by) {
        return !authors.contains(caller.id()) && isOneOf(caller, by);
    }

    /** Whether he is among them, and may read all of it. */
    boolean isOneOf(Caller caller, Approvers by) {
        Access access = authorizer.accessAt(caller, state);
        return keys.stream().allMatch(access::mayRead)
                && (by.subjects().stream().anyMatch(caller.subjects()::contains)
                        || by.roles().stream().anyMatch(role -> hasThroughout(access, role)));
    }

    private boolean hasThroughout(Access access, Role role) {
        return access.everywhere().contains(role)
                || keys.stream()
                        .allMatch(key -> switch (Right.toWrite(key.kind()).reach()) {
                            case NAMESPACE -> has(access, role, key.namespace());
                            case EVERYWHERE -> false;
                        });
    }

    private static boolean has(Access access, Role role, Name namespace) {
        return access.in(namespace).contains(role);
    }
}
