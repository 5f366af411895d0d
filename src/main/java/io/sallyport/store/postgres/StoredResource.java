package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import java.util.SortedMap;
import java.util.UUID;

/** A whole resource as history keeps it; key and revision are columns beside it. */
final class StoredResource {
    private StoredResource() {}

    static String write(Resource<?> resource, String spec) {
        Metadata metadata = resource.metadata();
        return StoredJson.write(new Written(
                metadata.uid(),
                metadata.generation(),
                metadata.labels(),
                metadata.annotations(),
                metadata.created(),
                metadata.updated(),
                spec));
    }

    static Resource<?> read(ResourceKey key, long revision, String json, StoredSpecs specs) {
        Read stored = StoredJson.read(json, Read.class);
        Metadata metadata = new Metadata(
                key,
                stored.labels(),
                stored.annotations(),
                stored.uid(),
                stored.generation(),
                new Revision(revision),
                stored.created(),
                stored.updated());
        return specs.read(metadata, stored.spec().toString());
    }

    record Written(
            UUID uid,
            long generation,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            Stamp created,
            Stamp updated,
            @JsonRawValue String spec) {}

    record Read(
            UUID uid,
            long generation,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            Stamp created,
            Stamp updated,
            JsonNode spec) {}
}
