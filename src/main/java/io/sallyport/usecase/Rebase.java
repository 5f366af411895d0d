package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Violation;
import io.sallyport.domain.diff.FieldConflict;
import io.sallyport.domain.diff.ThreeWayMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Joins the changes of a draft with what was written since it was begun: field by field, so that two who edit different
 * fields of one resource both have their way.
 */
final class Rebase {
    private final ResourceForm form;
    private final DesiredState base;
    private final DesiredState head;
    private final List<Violation> conflicts = new ArrayList<>();

    private Rebase(ResourceForm form, DesiredState base, DesiredState head) {
        this.form = form;
        this.base = base;
        this.head = head;
    }

    /**
     * What comes of it.
     *
     * @param changes to be made to the head; the draft's own side where the two conflict
     * @param conflicts the pointer begins with kind, namespace and name
     */
    record Rebased(List<Change> changes, List<Violation> conflicts) {
        Rebased {
            changes = List.copyOf(changes);
            conflicts = List.copyOf(conflicts);
        }
    }

    static Rebased of(ResourceForm form, List<Change> changes, DesiredState base, DesiredState head) {
        Rebase rebase = new Rebase(form, base, head);
        List<Change> rebased = changes.stream().map(rebase::rebased).toList();
        return new Rebased(rebased, rebase.conflicts);
    }

    private Change rebased(Change change) {
        Optional<Resource<?>> was = base.find(change.key());
        Optional<Resource<?>> is = head.find(change.key());
        if (tree(was).equals(tree(is))) {
            return change;
        }
        return switch (change) {
            case Change.Delete delete -> {
                if (is.isPresent()) {
                    report(change.key(), "", "is deleted here and was changed%s".formatted(by(is)));
                }
                yield change;
            }
            case Change.Put put -> merged(put, was, is);
        };
    }

    private Change merged(Change.Put put, Optional<Resource<?>> was, Optional<Resource<?>> is) {
        if (is.isEmpty()) {
            report(put.key(), "", "is changed here and was deleted since");
            return put;
        }
        ThreeWayMerge.Outcome outcome =
                ThreeWayMerge.of(tree(was).orElse(Map.of()), form.of(put.resource()), form.of(is.get()));
        outcome.conflicts().forEach(conflict -> report(put.key(), conflict, is));
        return new Change.Put(drafted(form.draft(put.key(), outcome.merged())));
    }

    private void report(ResourceKey key, FieldConflict conflict, Optional<Resource<?>> is) {
        report(
                key,
                conflict.pointer(),
                "is %s here and became %s%s; it was %s"
                        .formatted(told(conflict.mine()), told(conflict.theirs()), by(is), told(conflict.base())));
    }

    private void report(ResourceKey key, String pointer, String message) {
        String place = "/%s/%s/%s"
                .formatted(
                        key.kind().documentName(), key.namespace(), key.name().name());
        conflicts.add(new Violation(place + pointer, "RebaseConflict", "%s%s %s.".formatted(key, pointer, message)));
    }

    private static String by(Optional<Resource<?>> is) {
        return is.map(resource -> " by %s in revision %s"
                        .formatted(
                                resource.metadata().updated().by(),
                                resource.metadata().revision()))
                .orElse("");
    }

    private static String told(List<Object> value) {
        String text = value.isEmpty() ? "absent" : String.valueOf(value.getFirst());
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    private Optional<Map<String, Object>> tree(Optional<Resource<?>> resource) {
        return resource.map(form::of);
    }

    /** A resource of a draft, which is stored nowhere else. */
    static Resource<Spec> drafted(Draft draft) {
        Stamp nobody = new Stamp(Instant.EPOCH, "");
        return new Resource<>(
                new Metadata(
                        draft.key(),
                        draft.labels(),
                        draft.annotations(),
                        new UUID(0, 0),
                        1,
                        Revision.NONE,
                        nobody,
                        nobody),
                draft.spec());
    }
}
