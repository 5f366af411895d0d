package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Change;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The changes of a draft as they are stored: whole resources, the data of credentials sealed. */
final class StoredDraft {
    private StoredDraft() {}

    static String write(List<Change> changes, StoredSpecs specs) {
        return StoredJson.write(
                changes.stream().map(change -> written(change, specs)).toArray(Written[]::new));
    }

    private static Written written(Change change, StoredSpecs specs) {
        ResourceKey key = change.key();
        @Nullable
        String resource = change instanceof Change.Put put
                ? StoredResource.write(put.resource(), specs.write(put.resource()))
                : null;
        return new Written(
                key.kind().documentName(),
                key.namespace().value(),
                key.name().name().value(),
                resource);
    }

    static List<Change> read(String json, StoredSpecs specs) {
        return Stream.of(StoredJson.read(json, Read[].class))
                .map(read -> read.change(specs))
                .toList();
    }

    record Written(
            String kind,
            String namespace,
            String name,
            @JsonRawValue @Nullable String resource) {}

    record Read(
            String kind,
            String namespace,
            String name,
            @Nullable JsonNode resource) {
        Change change(StoredSpecs specs) {
            ResourceKey key = ResourceKey.of(Kind.ofDocumentName(kind).orElseThrow(), namespace, name);
            return resource == null || resource.isNull()
                    ? new Change.Delete(key)
                    : new Change.Put(StoredResource.read(key, 0, resource.toString(), specs));
        }
    }
}
