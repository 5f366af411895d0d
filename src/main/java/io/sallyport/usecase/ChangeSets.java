package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Violation;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.ChangeSetStore;
import io.sallyport.store.PolicyStore;
import io.sallyport.usecase.Rebase.Rebased;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Drafts: begun, read, edited, tried, brought to the newest revision, published as one revision, or discarded. */
public final class ChangeSets {
    /** How many drafts one caller may have at a time. */
    public static final int MOST_DRAFTS = 50;

    private static final int PUBLISHING_ATTEMPTS = 3;

    private final Authorizer authorizer;
    private final ChangeSetStore drafts;
    private final PolicyStore store;
    private final ApplyDocuments applyDocuments;
    private final PreviewWrite previewWrite;
    private final ResourceForm form;
    private final InstantSource clock;

    public ChangeSets(
            Authorizer authorizer,
            ChangeSetStore drafts,
            PolicyStore store,
            ApplyDocuments applyDocuments,
            PreviewWrite previewWrite,
            ResourceForm form,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.drafts = drafts;
        this.store = store;
        this.applyDocuments = applyDocuments;
        this.previewWrite = previewWrite;
        this.form = form;
        this.clock = clock;
    }

    /** Nothing is checked yet but that it can be read; whoever may read anything may draft. */
    public ChangeSet create(Caller caller, String message, List<Intent> intents) {
        authorizer.checkReadAnywhere(caller);
        if (drafts.draftsOf(caller.id(), clock.instant()) >= MOST_DRAFTS) {
            throw new FailureException(new Failure.Conflict(
                    "You have %d drafts, which is the most: publish or discard some first.".formatted(MOST_DRAFTS)));
        }
        Stamp stamp = stamp(caller);
        ChangeSet begun = new ChangeSet(
                UUID.randomUUID(),
                1,
                caller.id(),
                Set.of(caller.id()),
                stamp,
                stamp,
                message,
                applyDocuments.head().revision(),
                ChangeSet.State.DRAFT,
                changes(intents),
                List.of());
        drafts.create(begun, stamp.at());
        return begun;
    }

    /** The author's own, and those of which the caller may read every resource. */
    public ChangeSet get(Caller caller, UUID id) {
        return drafts.find(id, clock.instant())
                .filter(found -> mayRead(caller, found))
                .orElseThrow(
                        () -> new FailureException(new Failure.NotFound("There is no change set %s.".formatted(id))));
    }

    public List<ChangeSet> list(Caller caller, int limit) {
        authorizer.checkReadAnywhere(caller);
        return drafts.list(clock.instant(), limit).stream()
                .filter(found -> mayRead(caller, found))
                .toList();
    }

    /**
     * Puts other changes in place of the draft's, made against what is newest now.
     *
     * @param expected the version that the caller read; any where empty
     */
    public ChangeSet edit(Caller caller, UUID id, OptionalLong expected, String message, List<Intent> intents) {
        ChangeSet draft = own(caller, id, expected);
        return replaced(draft.edited(
                caller.id(),
                stamp(caller),
                message.isEmpty() ? draft.message() : message,
                applyDocuments.head().revision(),
                changes(intents)));
    }

    public ChangeSet discard(Caller caller, UUID id, OptionalLong expected) {
        return replaced(own(caller, id, expected).discarded(stamp(caller)));
    }

    /** Whatever stands against publishing it now; nothing where it can be. */
    public List<Violation> validate(Caller caller, UUID id) {
        ChangeSet draft = draft(caller, id);
        try {
            WriteOrder order = order(draft);
            Judged judged = applyDocuments.judge(caller, order);
            return applyDocuments.standings(judged, order.terms()).stream()
                    .filter(standing -> !standing.isMet())
                    .flatMap(standing -> standing.demand().risks().stream()
                            .map(risk -> new Violation("", "ApprovalRequired", risk.message())))
                    .toList();
        } catch (FailureException refused) {
            return switch (refused.failure()) {
                case Failure.Invalid invalid -> invalid.violations();
                case Failure.Conflicting conflicting -> conflicting.places();
                case Failure.Unapproved unapproved -> unapproved.risks();
                case Failure.Conflict(String detail) -> List.of(new Violation("", "Conflict", detail));
                case Failure.Forbidden(String detail) -> List.of(new Violation("", "Forbidden", detail));
                case Failure.NotFound(String detail) -> List.of(new Violation("", "NotFound", detail));
                case Failure.Stale(String detail) -> List.of(new Violation("", "Stale", detail));
                case Failure other -> throw refused;
            };
        }
    }

    /** What publishing it now would do; for whoever may read all of it, since he may be to approve it. */
    public Preview preview(Caller caller, UUID id, PreviewWish wish) {
        return previewWrite.previewToRead(caller, order(draft(caller, id)), wish);
    }

    /** The same for whoever may publish it: refused as that would be. */
    public Preview tried(Caller caller, UUID id, OptionalLong expected, WriteTerms terms, PreviewWish wish) {
        ChangeSet draft = own(caller, id, expected);
        WriteOrder order = order(rebased(draft, applyDocuments.head())).under(terms.of(draft));
        return previewWrite.preview(caller, order, wish);
    }

    /** What publishing it now would write, with what was said on it. */
    WriteOrder order(ChangeSet draft) {
        return order(rebased(draft, applyDocuments.head())).under(WriteTerms.NONE.of(draft));
    }

    /**
     * Joins it with what was written since it was begun.
     *
     * @param prefersMine whether the draft's side is taken where the two conflict; else that is refused
     */
    public ChangeSet rebase(Caller caller, UUID id, OptionalLong expected, boolean prefersMine) {
        ChangeSet draft = own(caller, id, expected);
        DesiredState head = applyDocuments.head();
        List<Change> changes = prefersMine ? joined(draft, head).changes() : rebased(draft, head);
        return replaced(draft.edited(caller.id(), stamp(caller), draft.message(), head.revision(), changes));
    }

    /** Makes it one revision; refused where it conflicts with what was written since. */
    public Published publish(Caller caller, UUID id, OptionalLong expected, String message, WriteTerms terms) {
        ChangeSet draft = own(caller, id, expected);
        Written written = published(caller, draft, message.isEmpty() ? draft.message() : message, terms);
        ChangeSet after = drafts.find(id, clock.instant()).orElse(draft);
        // Where nothing was to be written, nothing carried it.
        return new Published(
                after.isDraft() ? replaced(draft.published(stamp(caller), written.revision())) : after, written);
    }

    // What others write in the same moment is joined in the same way, a few times.
    private Written published(Caller caller, ChangeSet draft, String message, WriteTerms terms) {
        for (int attempt = 1; ; attempt++) {
            DesiredState head = applyDocuments.head();
            try {
                return applyDocuments.apply(
                        caller,
                        message,
                        WriteOrder.of(exact(rebased(draft, head), head)).under(terms.publishing(draft)));
            } catch (FailureException refused) {
                if (!(refused.failure() instanceof Failure.Stale) || attempt >= PUBLISHING_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    private List<Change> rebased(ChangeSet draft, DesiredState head) {
        Rebased rebased = joined(draft, head);
        if (!rebased.conflicts().isEmpty()) {
            throw new FailureException(new Failure.Conflicting(
                    "Since revision %s, which the change set was made against, others changed the same fields; edit it, or rebase it with ?prefer=mine."
                            .formatted(draft.base()),
                    rebased.conflicts()));
        }
        return rebased.changes();
    }

    private Rebased joined(ChangeSet draft, DesiredState head) {
        DesiredState base = draft.base().equals(head.revision())
                ? head
                : store.loadAt(draft.base()).orElse(head);
        return Rebase.of(form, draft.changes(), base, head);
    }

    private static WriteOrder order(List<Change> changes) {
        return WriteOrder.of(changes.stream()
                .map(change -> intent(change, new Precondition.None()))
                .toList());
    }

    // Joined with just this state of each resource, and with no other.
    private static List<Intent> exact(List<Change> changes, DesiredState head) {
        return changes.stream()
                .map(change -> intent(
                        change,
                        head.find(change.key())
                                .<Precondition>map(resource -> new Precondition.AtRevision(
                                        Set.of(resource.metadata().revision())))
                                .orElseGet(() -> change instanceof Change.Delete
                                        ? new Precondition.None()
                                        : new Precondition.Absent())))
                .toList();
    }

    private static Intent intent(Change change, Precondition precondition) {
        return switch (change) {
            case Change.Put put -> new Intent.Put(draft(put.resource()), precondition);
            case Change.Delete delete -> new Intent.Remove(delete.key(), precondition, true);
        };
    }

    private static Draft draft(Resource<?> resource) {
        String pointer = "/%s/%s/%s"
                .formatted(
                        resource.key().kind().documentName(),
                        resource.namespace(),
                        resource.name().name());
        return new Draft(
                pointer,
                resource.key(),
                resource.metadata().labels(),
                resource.metadata().annotations(),
                resource.spec());
    }

    private static List<Change> changes(List<Intent> intents) {
        return intents.stream()
                .<Change>map(intent -> switch (intent) {
                    case Intent.Put put -> new Change.Put(Rebase.drafted(put.draft()));
                    case Intent.Remove remove -> new Change.Delete(remove.key());
                    case Intent.CrossBounds crossing -> new Change.Delete(crossing.key());
                })
                .toList();
    }

    /** One that is not done with, at the version that the caller read; of any where empty. */
    ChangeSet draft(Caller caller, UUID id, OptionalLong expected) {
        return at(expected, draft(caller, id));
    }

    private static ChangeSet at(OptionalLong expected, ChangeSet draft) {
        if (expected.isPresent() && expected.getAsLong() != draft.version()) {
            throw stale(draft.version());
        }
        return draft;
    }

    private ChangeSet draft(Caller caller, UUID id) {
        ChangeSet found = get(caller, id);
        if (!found.isDraft()) {
            throw new FailureException(new Failure.Conflict("The change set was %s already."
                    .formatted(found.state() == ChangeSet.State.PUBLISHED ? "published" : "discarded")));
        }
        return found;
    }

    // The author's, and whose who may write all of it.
    private ChangeSet own(Caller caller, UUID id, OptionalLong expected) {
        ChangeSet draft = draft(caller, id);
        Access access = authorizer.access(caller);
        if (!draft.owner().equals(caller.id())) {
            draft.changes()
                    .forEach(change -> access.check(right(change), change.key().namespace()));
        }
        return at(expected, draft);
    }

    private static Right right(Change change) {
        return switch (change) {
            case Change.Put put -> Right.toWrite(put.resource().spec());
            case Change.Delete delete -> Right.toWrite(delete.key().kind());
        };
    }

    private boolean mayRead(Caller caller, ChangeSet found) {
        Access access = authorizer.access(caller);
        return found.owner().equals(caller.id())
                || (!found.changes().isEmpty()
                        && found.changes().stream().allMatch(change -> access.mayRead(change.key())));
    }

    private ChangeSet replaced(ChangeSet changed) {
        if (!drafts.replace(changed)) {
            throw stale(changed.version());
        }
        return changed;
    }

    static FailureException stale(long version) {
        return new FailureException(new Failure.Stale(
                "Somebody edited the change set, which is at version %d now; read it again, and write with its ETag in If-Match."
                        .formatted(version)));
    }

    private Stamp stamp(Caller caller) {
        return new Stamp(clock.instant(), caller.name());
    }

    /** What became of it, and what that did. */
    public record Published(ChangeSet changeSet, Written written) {}
}
