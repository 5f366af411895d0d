package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import java.util.List;
import java.util.stream.Stream;

/** What documents say that they are, as far as it can be read; sound or not. */
public final class DocumentKeys {
    private DocumentKeys() {}

    public static List<ResourceKey> of(List<JsonNode> documents) {
        return documents.stream().flatMap(DocumentKeys::key).distinct().toList();
    }

    private static Stream<ResourceKey> key(JsonNode document) {
        String name = document.path("metadata").path("name").asText();
        return Kind.ofDocumentName(document.path("kind").asText()).stream().flatMap(kind -> {
            String namespace = kind == Kind.NAMESPACE
                    ? name
                    : document.path("metadata").path("namespace").asText();
            return Name.isValid(name) && Name.isValid(namespace)
                    ? Stream.of(ResourceKey.of(kind, namespace, name))
                    : Stream.of();
        });
    }
}
