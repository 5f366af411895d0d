package io.sallyport.usecase;

import io.sallyport.domain.Resource;
import java.util.List;
import java.util.stream.Stream;

/** A resource with what is to be said of it. */
public record ResourceView(Resource<?> resource, List<Condition> conditions, List<Warning> warnings) {
    public ResourceView {
        conditions = List.copyOf(conditions);
        warnings = List.copyOf(warnings);
    }

    /** With what a write does to others, which whoever wrote is told: a narrower scope cuts rules that nobody touched. */
    public ResourceView withWarnings(List<Warning> ofWrite) {
        return new ResourceView(
                resource,
                conditions,
                Stream.concat(warnings.stream(), ofWrite.stream()).distinct().toList());
    }
}
