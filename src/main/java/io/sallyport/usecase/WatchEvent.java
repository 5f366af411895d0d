package io.sallyport.usecase;

import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.RevisionRecord;
import java.util.List;

/**
 * What a watcher is told next.
 *
 * @param record the revision
 * @param done how many of the revision's changes are told with this one and those before it
 * @param isWhole whether that is all of them
 * @param changes those that are told now
 */
public record WatchEvent(RevisionRecord record, int done, boolean isWhole, List<Seen> changes) {
    public WatchEvent {
        changes = List.copyOf(changes);
    }

    /**
     * A change, as who watches sees it.
     *
     * @param resource as it became; at most one, none where it is gone
     */
    public record Seen(ResourceKey key, How how, List<Resource<?>> resource) {
        public Seen {
            resource = List.copyOf(resource);
        }
    }

    /** What became of a resource. */
    public enum How {
        CREATED,
        REPLACED,
        DELETED,
        /** It was there, and its labels are selected from now on. */
        ENTERED,
        /** It is still there, and its labels are no longer selected. */
        LEFT
    }
}
