package io.sallyport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** A change of the contract, made up. */
record Change(String name, Consumer<JsonNode> made) {
    static Change in(String name, String pointer, Consumer<ObjectNode> made) {
        return new Change(name, tree -> made.accept((ObjectNode) tree.at(pointer)));
    }

    static Change inType(String name, String type, Consumer<ObjectNode> made) {
        return in(name, "/components/schemas/" + type, made);
    }

    static Change inList(String name, String pointer, Consumer<ArrayNode> made) {
        return new Change(name, tree -> made.accept((ArrayNode) tree.at(pointer)));
    }

    ApiContract of(ApiContract contract) {
        JsonNode tree = contract.tree().deepCopy();
        made.accept(tree);
        return new ApiContract(tree);
    }

    @Override
    public String toString() {
        return name;
    }
}
