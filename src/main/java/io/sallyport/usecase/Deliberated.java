package io.sallyport.usecase;

import io.sallyport.domain.approval.About;
import io.sallyport.domain.change.ChangeSet;
import java.util.Set;

/**
 * The draft that is written, on which others may have given their word.
 *
 * @param isPublished whether it is done with once that is written, in the same transaction
 */
record Deliberated(ChangeSet draft, boolean isPublished) {
    Set<String> authors() {
        return draft.authors();
    }

    About about() {
        return About.draft(draft.id());
    }
}
