package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Approval.Verdict;
import io.sallyport.domain.approval.Owed;
import io.sallyport.domain.change.UnapprovedWrite;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.WriteTransaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes somebody's word on a revision that was made without, while the head is locked. */
record ApproveRevision(
        Authorizer authorizer,
        WriteTransaction transaction,
        Revision revision,
        List<Change> changes,
        UnapprovedWrite without) {

    /** Whether it is all that was missing. Throws {@code Forbidden} where it does not count. */
    boolean isApprovedWith(Caller caller, Stamp stamp) {
        Set<ResourceKey> keys = changes.stream().map(Change::key).collect(Collectors.toUnmodifiableSet());
        WeighApprovals weighing =
                new WeighApprovals(authorizer, authorizer.newest(), keys, without.authors(), stamp.at());
        if (without.owed().stream().noneMatch(owed -> weighing.mayApprove(caller, owed.by()))) {
            throw new FailureException(new Failure.Forbidden(
                    "Revision %s was written in an emergency. To approve it, somebody else than its author is needed %s."
                            .formatted(
                                    revision,
                                    without.owed().stream()
                                            .map(owed -> ApprovalRefusal.named(owed.by()))
                                            .distinct()
                                            .collect(Collectors.joining(" or ")))));
        }
        transaction.put(About.revision(revision), word(caller, stamp));
        List<Approval> words = transaction.approvals(About.revision(revision));
        return without.owed().stream().allMatch(owed -> isPaid(weighing, owed, words));
    }

    private static Approval word(Caller caller, Stamp stamp) {
        return new Approval(
                caller.id(), caller.name(), caller.subjects(), caller.isRoot(), Verdict.APPROVED, "", "", stamp.at());
    }

    private static boolean isPaid(WeighApprovals weighing, Owed owed, List<Approval> words) {
        return words.stream()
                        .filter(word -> word.verdict() == Verdict.APPROVED)
                        .filter(word -> weighing.counts(word, owed.by()))
                        .count()
                >= owed.required();
    }
}
