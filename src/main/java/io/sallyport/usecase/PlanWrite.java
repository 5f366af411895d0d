package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Violation;
import io.sallyport.usecase.Effect.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Works out what intents change in a state. Pure, but for the ids of new resources. */
final class PlanWrite {
    private final DesiredState base;
    private final Stamp stamp;
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private PlanWrite(DesiredState base, Stamp stamp) {
        this.base = base;
        this.stamp = stamp;
    }

    /** Throws {@code Stale}, {@code NotFound} or {@code Invalid} where an intent cannot be had. */
    static Plan plan(DesiredState base, List<Intent> intents, Stamp stamp) {
        PlanWrite planning = new PlanWrite(base, stamp);
        intents.forEach(planning::add);
        if (!planning.violations.isEmpty()) {
            throw FailureException.invalid(planning.violations);
        }
        return new Plan(base, planning.changes, planning.effects);
    }

    private void add(Intent intent) {
        Optional<Resource<?>> stored = base.find(intent.key());
        intent.precondition().check(stored);
        Outcome outcome = switch (intent) {
            case Intent.Put put -> put(put.draft(), stored);
            case Intent.Remove remove -> remove(remove, stored);
            case Intent.CrossBounds ignored -> stored.map(this::crossBounds).orElse(Outcome.UNCHANGED);
        };
        effects.add(new Effect(intent.key(), outcome));
    }

    private Outcome put(Draft written, Optional<Resource<?>> stored) {
        Spec settled = CredentialData.settled(written, stored, stamp.at(), violations);
        Draft draft = written.withSpec(PassedBounds.kept(settled, stored, stamp.at()));
        if (stored.isPresent() && draft.isAlready(stored.get())) {
            return Outcome.UNCHANGED;
        }
        Metadata metadata = stored.map(before -> replacing(draft, before)).orElseGet(() -> creating(draft));
        changes.add(new Change.Put(new Resource<Spec>(metadata, draft.spec())));
        return stored.isPresent() ? Outcome.REPLACED : Outcome.CREATED;
    }

    private Outcome crossBounds(Resource<?> before) {
        Spec after = PassedBounds.at(stamp.at(), before.spec());
        if (after.equals(before.spec())) {
            return Outcome.UNCHANGED;
        }
        changes.add(new Change.Put(new Resource<>(crossing(before.metadata()), after)));
        return Outcome.REPLACED;
    }

    // What its writer wanted stays, and so does the generation.
    private Metadata crossing(Metadata old) {
        return new Metadata(
                old.key(),
                old.labels(),
                old.annotations(),
                old.uid(),
                old.generation(),
                revision(),
                old.created(),
                stamp);
    }

    private Outcome remove(Intent.Remove remove, Optional<Resource<?>> stored) {
        if (stored.isEmpty() && remove.mayBeGone()) {
            return Outcome.UNCHANGED;
        }
        if (stored.isEmpty()) {
            throw new FailureException(new Failure.NotFound("There is no %s.".formatted(remove.key())));
        }
        changes.add(new Change.Delete(remove.key()));
        return Outcome.DELETED;
    }

    private Metadata creating(Draft draft) {
        return new Metadata(
                draft.key(), draft.labels(), draft.annotations(), UUID.randomUUID(), 1, revision(), stamp, stamp);
    }

    private Metadata replacing(Draft draft, Resource<?> before) {
        Metadata old = before.metadata();
        long generation = draft.spec().equals(before.spec()) ? old.generation() : old.generation() + 1;
        return new Metadata(
                draft.key(),
                draft.labels(),
                draft.annotations(),
                old.uid(),
                generation,
                revision(),
                old.created(),
                stamp);
    }

    private Revision revision() {
        return base.revision().next();
    }
}
