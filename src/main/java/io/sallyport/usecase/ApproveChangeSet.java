package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Approval.Verdict;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.PolicyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lets others than its authors say whether a draft may be published. */
public final class ApproveChangeSet {
    private final Authorizer authorizer;
    private final ChangeSets changeSets;
    private final ApplyDocuments applyDocuments;
    private final PolicyStore store;
    private final InstantSource clock;

    public ApproveChangeSet(
            Authorizer authorizer,
            ChangeSets changeSets,
            ApplyDocuments applyDocuments,
            PolicyStore store,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.changeSets = changeSets;
        this.applyDocuments = applyDocuments;
        this.store = store;
        this.clock = clock;
    }

    /** What is asked for, and what was said; for whoever may read all of it. */
    public ApprovalsOfDraft get(Caller caller, UUID id) {
        ChangeSet found = changeSets.get(caller, id);
        List<Approval> words = store.approvals(About.draft(id));
        if (!found.isDraft()) {
            return new ApprovalsOfDraft(List.of(), of(words, ""), false);
        }
        try {
            Tried tried = tried(caller, found);
            return new ApprovalsOfDraft(
                    applyDocuments.standings(tried.judged(), tried.order().terms()),
                    of(words, tried.judged().approvals().content()),
                    true);
        } catch (FailureException refused) {
            return switch (refused.failure()) {
                case Failure.Invalid ignored -> unpublishable(words);
                case Failure.Conflict ignored -> unpublishable(words);
                case Failure.Conflicting ignored -> unpublishable(words);
                case Failure.Stale ignored -> unpublishable(words);
                case Failure.NotFound ignored -> unpublishable(words);
                case Failure other -> throw refused;
            };
        }
    }

    // Why it cannot be, validation tells.
    private static ApprovalsOfDraft unpublishable(List<Approval> words) {
        return new ApprovalsOfDraft(List.of(), of(words, ""), false);
    }

    private static List<ApprovalsOfDraft.Word> of(List<Approval> words, String content) {
        return words.stream()
                .map(word -> new ApprovalsOfDraft.Word(word, word.content().equals(content)))
                .toList();
    }

    /**
     * Says whether it may be published, in place of what the caller said before. It is on what the draft would do now.
     *
     * @param expected the version that the caller read; any where empty
     * @param comment his words for the others
     */
    public ApprovalsOfDraft say(Caller caller, UUID id, OptionalLong expected, Verdict verdict, String comment) {
        ChangeSet draft = changeSets.draft(caller, id, expected);
        if (draft.authors().contains(caller.id())) {
            throw new FailureException(new Failure.Forbidden(
                    "Somebody else is needed to approve what you wrote a part of, whatever your roles."));
        }
        Tried tried = tried(caller, draft);
        NeededApprovals needed = tried.judged().approvals();
        refuseNeedless(needed);
        refuseNobody(caller, draft, tried.judged());
        Stamp stamp = new Stamp(clock.instant(), caller.name());
        Approval word = new Approval(
                caller.id(),
                caller.name(),
                caller.subjects(),
                caller.isRoot(),
                verdict,
                needed.content(),
                comment,
                stamp.at());
        boolean ignored = store.write(transaction -> {
            transaction.put(About.draft(id), word);
            transaction.audit(entries(caller, draft, stamp, said(verdict, id, comment)));
            return true;
        });
        return get(caller, id);
    }

    private static void refuseNeedless(NeededApprovals needed) {
        if (needed.isEmpty()) {
            throw new FailureException(
                    new Failure.Conflict("No approval policy asks for anybody's word on this change set: publish it."));
        }
    }

    private void refuseNobody(Caller caller, ChangeSet draft, Judged judged) {
        WeighApprovals weighing = new WeighApprovals(
                authorizer, judged.plan().base(), judged.approvals().keys(), draft.authors(), clock.instant());
        boolean counts =
                judged.approvals().demands().stream().anyMatch(demand -> weighing.mayApprove(caller, demand.by()));
        if (!counts) {
            throw new FailureException(new Failure.Forbidden(
                    "To approve this change set somebody is needed %s; roles count where they are had in every namespace that it writes to, and all of it must be readable."
                            .formatted(judged.approvals().demands().stream()
                                    .map(demand -> ApprovalRefusal.named(demand.by()))
                                    .distinct()
                                    .collect(Collectors.joining(" or ")))));
        }
    }

    /** Takes back what the caller said. */
    public void withdraw(Caller caller, UUID id) {
        ChangeSet found = changeSets.get(caller, id);
        Stamp stamp = new Stamp(clock.instant(), caller.name());
        boolean was = store.write(transaction -> {
            boolean withdrawn = transaction.withdraw(About.draft(id), caller.id());
            if (withdrawn) {
                transaction.audit(
                        entries(caller, found, stamp, "Took back what was said on change set %s.".formatted(id)));
            }
            return withdrawn;
        });
        if (!was) {
            throw new FailureException(new Failure.NotFound("You have said nothing on change set %s.".formatted(id)));
        }
    }

    private Tried tried(Caller caller, ChangeSet draft) {
        WriteOrder order = changeSets.order(draft);
        return new Tried(order, applyDocuments.judgeToRead(caller, order));
    }

    private record Tried(WriteOrder order, Judged judged) {}

    private static String said(Verdict verdict, UUID id, String comment) {
        String what = switch (verdict) {
            case APPROVED -> "Approved change set %s".formatted(id);
            case REJECTED -> "Rejected change set %s".formatted(id);
        };
        return comment.isEmpty() ? what + "." : "%s: %s".formatted(what, comment);
    }

    private static List<AuditEntry> entries(Caller caller, ChangeSet draft, Stamp stamp, String what) {
        return draft.changes().stream()
                .map(change -> new AuditEntry(
                        stamp.at(),
                        caller.actor(),
                        caller.asked(),
                        List.of(change.key()),
                        Outcome.DONE,
                        0,
                        what,
                        Revision.NONE,
                        "",
                        "",
                        0))
                .toList();
    }
}
