package io.sallyport.usecase;

import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.Map;
import java.util.SequencedMap;

/** The form in which people read and write resources, as a tree of plain Java (see {@link io.sallyport.domain.diff}). */
public interface ResourceForm {

    /**
     * What its writer can say of a resource: labels, annotations and spec, and nothing that the program adds. The data of a
     * credential is there as {@link io.sallyport.domain.SecretText}.
     */
    SequencedMap<String, Object> of(Resource<?> resource);

    /** The same as JSON text, for good: of the data of a credential there is which parts it has, and nothing else. */
    String text(Resource<?> resource);

    /** The way back: what a tree says is wanted of a resource; throws {@code Invalid} where it says nothing that can be. */
    Draft draft(ResourceKey key, Map<String, Object> tree);
}
