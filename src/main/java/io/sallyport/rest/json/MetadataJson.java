package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a document says of itself. What only the program sets is let pass and ignored, so that a document that was read
 * can be edited and sent back.
 *
 * @param name one, or none where it could not be read
 */
record MetadataJson(List<ResourceName> name, SortedMap<String, String> labels, SortedMap<String, String> annotations) {
    private static final String[] FIELDS = {
        "namespace",
        "name",
        "labels",
        "annotations",
        "uid",
        "generation",
        "revision",
        "createdAt",
        "createdBy",
        "updatedAt",
        "updatedBy"
    };

    static MetadataJson readNamed(Fields document, ResourceKey path) {
        return document.optional("metadata", place -> {
                    Fields fields = place.fields(FIELDS);
                    fields.optional(
                            "namespace", item -> expect(item, path.namespace().value()));
                    fields.optional(
                            "name", item -> expect(item, path.name().name().value()));
                    return Optional.of(of(fields, List.of(path.name())));
                })
                .orElseGet(() -> new MetadataJson(List.of(path.name()), Metadata.noLabels(), Metadata.noLabels()));
    }

    static MetadataJson read(Fields document, Kind kind) {
        return document.required("metadata", place -> {
                    Fields fields = place.fields(FIELDS);
                    Optional<ResourceName> name = kind == Kind.NAMESPACE ? readNamespaceName(fields) : readName(fields);
                    return Optional.of(of(fields, name.stream().toList()));
                })
                .orElseGet(() -> new MetadataJson(List.of(), Metadata.noLabels(), Metadata.noLabels()));
    }

    private static MetadataJson of(Fields fields, List<ResourceName> name) {
        return new MetadataJson(
                name, LabelsJson.read(fields, "labels"), LabelsJson.readAnnotations(fields, "annotations"));
    }

    private static Optional<ResourceName> readName(Fields fields) {
        Optional<Name> namespace = fields.required("namespace", item -> item.parsed(Name::new));
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        return namespace.flatMap(own -> name.map(value -> new ResourceName(own, value)));
    }

    private static Optional<ResourceName> readNamespaceName(Fields fields) {
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        name.ifPresent(value -> fields.optional("namespace", item -> expect(item, value.value())));
        return name.map(value -> new ResourceName(value, value));
    }

    /** A field that can have one value only. */
    static Optional<String> expect(Place place, String expected) {
        Optional<String> text = place.text();
        if (text.isPresent() && !text.get().equals(expected)) {
            place.report(
                    Reason.CONTRADICTION,
                    "Expected '%s', found '%s'.".formatted(expected, Suggestion.shortened(text.get())));
        }
        return text;
    }

    static ObjectNode write(Metadata metadata) {
        ObjectNode result = Tree.object();
        if (metadata.key().kind() != Kind.NAMESPACE) {
            result.put("namespace", metadata.key().namespace().value());
        }
        result.put("name", metadata.key().name().name().value());
        Tree.strings(result, "labels", metadata.labels());
        Tree.strings(result, "annotations", metadata.annotations());
        return result.put("uid", metadata.uid().toString())
                .put("generation", metadata.generation())
                .put("revision", metadata.revision().number())
                .put("createdAt", metadata.created().at().toString())
                .put("createdBy", metadata.created().by())
                .put("updatedAt", metadata.updated().at().toString())
                .put("updatedBy", metadata.updated().by());
    }
}
