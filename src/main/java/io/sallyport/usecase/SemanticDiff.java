package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.diff.FieldChange;
import io.sallyport.domain.diff.TreeDiff;
import io.sallyport.usecase.ResourceChange.Sort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people would say changed from one state to another: fields of documents, secrets never shown. */
public record SemanticDiff(ResourceForm form) {
    private static final Map<String, Object> NOTHING = Map.of("metadata", Map.of(), "spec", Map.of());

    /** By kind, then name. What merely was written again is no change. */
    public List<ResourceChange> between(DesiredState before, DesiredState after) {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> before.differing(kind, after).stream().map(name -> new ResourceKey(kind, name)))
                .flatMap(key -> of(before.find(key), after.find(key)))
                .toList();
    }

    private Stream<ResourceChange> of(Optional<Resource<?>> before, Optional<Resource<?>> after) {
        ResourceKey key = after.or(() -> before).orElseThrow().key();
        List<FieldChange> fields = TreeDiff.between(tree(before), tree(after));
        if (before.isPresent() && after.isPresent()) {
            return fields.isEmpty() ? Stream.of() : Stream.of(new ResourceChange(key, Sort.REPLACED, fields));
        }
        return Stream.of(new ResourceChange(key, after.isPresent() ? Sort.CREATED : Sort.DELETED, fields));
    }

    private Map<String, Object> tree(Optional<Resource<?>> resource) {
        return resource.<Map<String, Object>>map(form::of).orElse(NOTHING);
    }
}
