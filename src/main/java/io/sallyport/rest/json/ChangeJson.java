package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.SecretText;
import io.sallyport.domain.diff.FieldChange;
import io.sallyport.usecase.DiffRevisions.OfGateway;
import io.sallyport.usecase.ResourceChange;
import java.util.List;
import java.util.Map;

/** Differences between resources, in JSON; secrets are named and not shown. */
public final class ChangeJson {
    private ChangeJson() {}

    public static ObjectNode write(ResourceChange change) {
        ObjectNode result = HistoryJson.reference(change.key()).put("change", Choices.capitalized(change.sort()));
        result.set(
                "fields",
                Tree.array(change.fields().stream().map(ChangeJson::write).toList()));
        return result;
    }

    public static ObjectNode write(OfGateway gateway) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(gateway.gateway()));
        result.set(
                "config",
                Tree.array(gateway.changes().stream().map(PreviewJson::write).toList()));
        return result;
    }

    private static ObjectNode write(FieldChange change) {
        ObjectNode result = Tree.object().put("pointer", change.pointer());
        change.before().forEach(value -> result.set("before", tree(value)));
        change.after().forEach(value -> result.set("after", tree(value)));
        return result;
    }

    static JsonNode tree(Object value) {
        return switch (value) {
            case SecretText secret -> JsonNodeFactory.instance.textNode(secret.toString());
            case Map<?, ?> fields -> {
                ObjectNode object = Tree.object();
                fields.forEach((name, field) -> object.set(String.valueOf(name), tree(field)));
                yield object;
            }
            case List<?> items ->
                Tree.array(items.stream().map(ChangeJson::tree).toList());
            default -> Format.JSON.mapper().valueToTree(value);
        };
    }
}
