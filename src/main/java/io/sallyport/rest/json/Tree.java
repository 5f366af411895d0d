package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** Makes JSON trees; the order of fields is the order of writing. */
public final class Tree {
    private Tree() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    /** Writes a list where it has entries. */
    static <T> void list(ObjectNode object, String name, Collection<T> items, Function<T, JsonNode> item) {
        if (!items.isEmpty()) {
            object.set(name, array(items.stream().map(item).toList()));
        }
    }

    /** Writes a list of strings where it has entries. */
    static void texts(ObjectNode object, String name, Collection<?> items) {
        list(object, name, items, item -> JsonNodeFactory.instance.textNode(item.toString()));
    }

    static void strings(ObjectNode object, String name, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            ObjectNode child = object.putObject(name);
            entries.forEach(child::put);
        }
    }
}
