package io.sallyport.usecase;

import io.sallyport.domain.Resource;
import java.util.List;

/** A resource with what is to be said of it. */
public record ResourceView(Resource<?> resource, List<Condition> conditions, List<Warning> warnings) {
    public ResourceView {
        conditions = List.copyOf(conditions);
        warnings = List.copyOf(warnings);
    }
}
