package io.sallyport.rest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says of every parameter of a path or query what it means. */
final class ContractParameters {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "prune",
            "Labels that must all be there, app=shop,managed-by=ci: what carries them in the namespaces concerned and is not sent is deleted. Namespaces and role bindings never are.",
            "namespace",
            "The namespace, a DNS label.",
            "name",
            "The name within the namespace, a DNS label.",
            "limit",
            "How many items at most, 1 to %d.".formatted(Parameters.MOST_ITEMS),
            "continue",
            "What the answer before gave as continue; the first page where absent.",
            "before",
            "Revisions before this one; the newest where absent.",
            "revision",
            "The number of the revision, from 1.",
            "format",
            "neutral: in Sallyport's own words. envoy: one complete Envoy configuration.");

    private ContractParameters() {}

    static void describe(Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters != null) {
            parameters.forEach(ContractParameters::describe);
        }
    }

    private static void describe(Parameter parameter) {
        String name = String.valueOf(parameter.getName());
        parameter.setDescription(DESCRIPTIONS.getOrDefault(name, ""));
        parameter.setSchema(schema(name));
    }

    private static Schema schema(String name) {
        return switch (name) {
            case "namespace", "name" -> OASFactory.createSchema().ref("Name");
            case "limit" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).defaultValue(Parameters.USUAL_ITEMS);
            case "before", "revision" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
            case "format" ->
                OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .enumeration(List.of("neutral", "envoy"))
                        .defaultValue("neutral");
            default -> OASFactory.createSchema().addType(SchemaType.STRING);
        };
    }
}
