package io.sallyport.domain.approval;

import io.sallyport.domain.Revision;
import java.util.UUID;

/** What somebody's word is on, as it is stored: a draft, or a revision that was made without approval. */
public record About(String value) {

    public static About draft(UUID id) {
        return new About("change-set/" + id);
    }

    public static About revision(Revision revision) {
        return new About("revision/" + revision);
    }
}
