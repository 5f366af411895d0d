package io.sallyport.usecase;

import io.sallyport.domain.approval.About;
import java.util.Set;
import java.util.UUID;

/**
 * The draft that is written, on which others may have given their word.
 *
 * @param authors who wrote a part of it
 */
record Deliberated(UUID draft, Set<String> authors) {
    Deliberated {
        authors = Set.copyOf(authors);
    }

    About about() {
        return About.draft(draft);
    }
}
