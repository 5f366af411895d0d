package io.sallyport.usecase;

import io.sallyport.domain.snapshot.Snapshot;
import java.util.SortedMap;
import java.util.function.Supplier;

/** The form in which people read what a gateway runs, as trees of plain Java; secrets are named and not shown. */
public interface SnapshotForm {

    /** Every part of a snapshot, by its type and then by its name. */
    SortedMap<String, SortedMap<String, Part>> parts(Snapshot snapshot);

    /**
     * One of them, whose tree is made when it is asked for.
     *
     * @param content of which it is the form: where that is equal, so is the tree
     */
    record Part(Object content, Supplier<Object> tree) {
        @SuppressWarnings("ReferenceEquality")
        boolean isLike(Part other) {
            return content == other.content
                    || content.equals(other.content)
                    || tree.get().equals(other.tree.get());
        }
    }
}
