package io.sallyport.rest.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Credential;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.SecretText;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.ResourceForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Resources as the trees that their documents are, without what the program adds. */
public final class JsonForm implements ResourceForm {
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    private static final String REDACTED = "(secret)";

    @Override
    public SequencedMap<String, Object> of(Resource<?> resource) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("metadata", metadata(resource));
        tree.put("spec", spec(resource));
        return tree;
    }

    @Override
    public String text(Resource<?> resource) {
        ObjectNode tree = Tree.object();
        tree.set("metadata", Format.JSON.mapper().valueToTree(metadata(resource)));
        ObjectNode spec = SpecJson.write(resource.spec());
        if (resource.spec() instanceof Credential credential) {
            ObjectNode data = spec.putObject("data");
            credential.data().keySet().forEach(part -> data.put(part, REDACTED));
        }
        tree.set("spec", spec);
        return tree.toString();
    }

    @Override
    public Draft draft(ResourceKey key, Map<String, Object> tree) {
        Violations violations = new Violations();
        return DocumentJson.readNamed(Place.top(revealed(tree), "", violations), key)
                .orElseThrow(() -> FailureException.invalid(violations.found()));
    }

    // Nobody sees it: it is read at once.
    private static JsonNode revealed(Object value) {
        return switch (value) {
            case SecretText secret -> JsonNodeFactory.instance.textNode(secret.reveal());
            case Map<?, ?> fields -> {
                ObjectNode object = Tree.object();
                fields.forEach((name, field) -> object.set(String.valueOf(name), revealed(field)));
                yield object;
            }
            case List<?> items ->
                Tree.array(items.stream().map(JsonForm::revealed).toList());
            default -> Format.JSON.mapper().valueToTree(value);
        };
    }

    private static Map<String, Object> metadata(Resource<?> resource) {
        ObjectNode metadata = Tree.object();
        Tree.strings(metadata, "labels", resource.metadata().labels());
        Tree.strings(metadata, "annotations", resource.metadata().annotations());
        return Format.JSON.mapper().convertValue(metadata, TREE);
    }

    private static Map<String, Object> spec(Resource<?> resource) {
        Map<String, Object> spec = Format.JSON.mapper().convertValue(SpecJson.write(resource.spec()), TREE);
        if (resource.spec() instanceof Credential credential) {
            spec.put("data", new TreeMap<>(credential.data()));
        }
        return spec;
    }
}
