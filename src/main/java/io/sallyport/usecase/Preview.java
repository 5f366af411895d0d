package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import java.util.List;

/**
 * What a write would do if it were done now. Nothing of it is stored.
 *
 * @param base the revision that it would be written on
 * @param effects in the order in which the documents were sent
 * @param resources those that were sent to be stored, as they would be
 * @param changes field by field, by kind and name
 */
public record Preview(
        Revision base,
        List<Effect> effects,
        List<ResourceView> resources,
        List<Warning> warnings,
        List<ResourceChange> changes) {
    public Preview {
        effects = List.copyOf(effects);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
        changes = List.copyOf(changes);
    }
}
