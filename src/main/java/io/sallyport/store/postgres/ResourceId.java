package io.sallyport.store.postgres;

import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import jakarta.persistence.Embeddable;

/** The key of a resource, as columns. */
@Embeddable
record ResourceId(String kind, String namespace, String name) {

    static ResourceId of(ResourceKey key) {
        return new ResourceId(
                key.kind().documentName(),
                key.namespace().value(),
                key.name().name().value());
    }

    ResourceKey toKey() {
        return ResourceKey.of(Kind.ofDocumentName(kind).orElseThrow(), namespace, name);
    }
}
