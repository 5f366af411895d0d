package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import java.time.Instant;
import java.util.List;

/**
 * What a write did.
 *
 * @param revision the one that was made, or the newest where nothing changed
 * @param state everything as it then was
 * @param access what the writer might do then
 * @param confirmBy when the revision is taken back unless somebody confirms it; at most one
 * @param effects in the order in which the documents were sent
 */
public record Written(
        Revision revision,
        DesiredState state,
        Access access,
        List<Instant> confirmBy,
        List<Effect> effects,
        List<Warning> warnings) {
    public Written {
        confirmBy = List.copyOf(confirmBy);
        effects = List.copyOf(effects);
        warnings = List.copyOf(warnings);
    }
}
