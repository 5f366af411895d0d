package io.sallyport.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Gives every object in the contract a name: {@code EgressGatewayListener} for the items of {@code spec.listeners} of an
 * EgressGateway. Generators of clients would make up names like Inner and 200Response, which move whenever others do.
 */
final class ContractTypes {
    // What the scan of the code finds of answers that are trees; the contract says better what they are.
    private static final List<String> SCANNED = List.of("JsonNode", "JsonNodeType", "ObjectNode");
    // Words in s that are no plurals.
    private static final List<String> SINGULAR = List.of("tls", "dns", "cors", "jwks", "status", "address");

    private final Components components;

    private ContractTypes(Components components) {
        this.components = components;
    }

    static void name(OpenAPI contract) {
        Components components = contract.getComponents();
        SCANNED.forEach(components::removeSchema);
        ContractTypes types = new ContractTypes(components);
        new LinkedHashMap<>(components.getRequestBodies())
                .forEach((name, body) -> types.bodies(name, body.getContent()));
        new LinkedHashMap<>(components.getSchemas()).forEach(types::nameParts);
    }

    /** A page of resources of one kind. */
    static Schema list(String kind) {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A page of a list. All pages of a walk are of the same revision.")
                .required(List.of("revision", "items"))
                .addProperty(
                        "revision",
                        OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .format("int64")
                                .description("The state that this is a part of."))
                .addProperty(
                        "items",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref(kind)))
                .addProperty(
                        "continue",
                        OASFactory.createSchema()
                                .addType(SchemaType.STRING)
                                .description("To ask for the next page with; absent on the last."));
    }

    private void bodies(String name, Content content) {
        for (MediaType media : content.getMediaTypes().values()) {
            Schema schema = media.getSchema();
            if (schema.getItems() != null) {
                schema.setItems(named(name, "step", schema.getItems()));
            }
        }
    }

    private void nameParts(String owner, Schema schema) {
        if (schema.getProperties() != null) {
            new LinkedHashMap<>(schema.getProperties())
                    .forEach((field, part) -> schema.addProperty(field, named(owner, field, part)));
        }
    }

    private Schema named(String owner, String word, Schema schema) {
        if (schema.getRef() != null) {
            return schema;
        }
        if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            return moved(nameOf(owner, word), schema);
        }
        if (schema.getItems() != null) {
            schema.setItems(named(owner, singular(word), schema.getItems()));
        }
        Schema values = schema.getAdditionalPropertiesSchema();
        if (values != null && values.getBooleanSchema() == null) {
            schema.setAdditionalPropertiesSchema(named(owner, singular(word), values));
        }
        if (schema.getOneOf() != null) {
            List<Schema> choices = new ArrayList<>();
            schema.getOneOf().forEach(choice -> choices.add(named(owner, word, choice)));
            schema.setOneOf(choices);
        }
        return schema;
    }

    private Schema moved(String name, Schema schema) {
        if (components.getSchemas().containsKey(name)) {
            throw new IllegalStateException("Two objects of the contract would be named " + name);
        }
        components.addSchema(name, schema);
        nameParts(name, schema);
        return OASFactory.createSchema().ref(name);
    }

    private static String nameOf(String owner, String word) {
        if (word.equals("item")) {
            return owner.endsWith("List") ? owner.substring(0, owner.length() - 4) : ofItems(owner);
        }
        String above = owner.endsWith("Spec") ? owner.substring(0, owner.length() - 4) : owner;
        return above + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String ofItems(String owner) {
        String one = singular(owner);
        return one.equals(owner) ? owner + "Item" : one;
    }

    private static String singular(String word) {
        if (SINGULAR.contains(word) || !word.endsWith("s")) {
            return word;
        }
        return word.endsWith("ies")
                ? word.substring(0, word.length() - 3) + "y"
                : word.endsWith("ches") || word.endsWith("sses")
                        ? word.substring(0, word.length() - 2)
                        : word.substring(0, word.length() - 1);
    }
}
