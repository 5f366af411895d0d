package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.usecase.Sight;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes out of an answer what is foreign to its reader. Of what is named by namespace and name, its tier remains; of
 * what a foreign route does, that it does something; in texts, that something was named.
 */
record ForeignJson(Sight sight) {
    private static final Set<String> TOLD = Set.of("tier", "outcome");

    void hide(ObjectNode node) {
        if (isForeign(node) || isForeign(node.path("route"))) {
            node.retain(TOLD);
            node.put("foreign", true);
        }
        List<String> names = node.propertyStream().map(field -> field.getKey()).toList();
        names.forEach(name -> hide(node.get(name), text -> node.set(name, text)));
    }

    private void hide(ArrayNode node) {
        for (int index = 0; index < node.size(); index++) {
            int place = index;
            hide(node.get(index), text -> node.set(place, text));
        }
    }

    private void hide(JsonNode value, Consumer<TextNode> replace) {
        switch (value) {
            case ObjectNode object -> hide(object);
            case ArrayNode array -> hide(array);
            case TextNode text -> replace.accept(TextNode.valueOf(sight.told(text.textValue())));
            default -> {
                // Numbers and truths name nobody.
            }
        }
    }

    private boolean isForeign(JsonNode node) {
        return node.path("namespace").isTextual()
                && node.path("name").isTextual()
                && !sight.knows(new ResourceName(
                        new Name(node.path("namespace").textValue()),
                        new Name(node.path("name").textValue())));
    }
}
