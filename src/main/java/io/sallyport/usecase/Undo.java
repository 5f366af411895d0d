package io.sallyport.usecase;

import io.sallyport.compiler.Loosening;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a revision is taken back: what it changed is to be as it was before. What somebody wrote since stays his.
 *
 * @param intents one for each resource that can be put back
 * @param left those that stay as they are, and why
 */
record Undo(List<Intent> intents, SortedMap<ResourceKey, String> left) {

    /**
     * Of what a revision did.
     *
     * @param before the state right before it
     * @param head the state to be changed
     * @param caution what is looked at here
     */
    static Undo of(RevisionRecord record, DesiredState before, DesiredState head, Caution caution) {
        List<Intent> intents = new ArrayList<>();
        SortedMap<ResourceKey, String> left = new TreeMap<>();
        for (Change change : record.changes()) {
            Optional<Resource<?>> was = before.find(change.key());
            Optional<Resource<?>> is = head.find(change.key());
            Optional<String> why = reason(change, record.revision(), was, is, caution);
            if (why.isPresent()) {
                left.put(change.key(), why.get());
            } else {
                intents.add(was.map(resource -> restoring(resource, record.revision(), is))
                        .orElseGet(() -> new Intent.Remove(change.key(), at(record.revision()))));
            }
        }
        return new Undo(List.copyOf(intents), left);
    }

    private static Optional<String> reason(
            Change change, Revision revision, Optional<Resource<?>> was, Optional<Resource<?>> is, Caution caution) {
        boolean asLeft = change instanceof Change.Delete
                ? is.isEmpty()
                : is.map(Resource::metadata)
                        .map(Metadata::revision)
                        .filter(revision::equals)
                        .isPresent();
        if (!asLeft) {
            return Optional.of(is.map(resource -> "written again in revision %s by %s"
                            .formatted(
                                    resource.metadata().revision(),
                                    resource.metadata().updated().by()))
                    .orElse("deleted since"));
        }
        if (was.isEmpty() && is.isEmpty()) {
            return Optional.of("there is nothing of it");
        }
        return switch (caution) {
            case BY_DOCUMENT -> Loosening.reason(is.map(Undo::spec), was.map(Undo::spec));
            case BY_EFFECT -> Optional.empty();
        };
    }

    /** How it is told that putting something back would loosen what is asked. */
    enum Caution {
        /** Here, by each resource alone. */
        BY_DOCUMENT,
        /** Later, by what all of it does: what was done in an emergency is to go if that can be. */
        BY_EFFECT
    }

    private static Spec spec(Resource<?> resource) {
        return resource.spec();
    }

    private static Intent restoring(Resource<?> was, Revision revision, Optional<Resource<?>> is) {
        Draft draft =
                new Draft("", was.key(), was.metadata().labels(), was.metadata().annotations(), was.spec());
        return new Intent.Put(draft, is.isPresent() ? at(revision) : new Precondition.Absent());
    }

    private static Precondition at(Revision revision) {
        return new Precondition.AtRevision(Set.of(revision));
    }
}
