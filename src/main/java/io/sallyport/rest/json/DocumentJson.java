package io.sallyport.rest.json;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.rest.json.Violations.Reason;
import io.sallyport.usecase.Draft;
import java.util.Optional;
import java.util.SequencedMap;

/** A whole document: its envelope, and the spec of its kind. */
public final class DocumentJson {
    public static final String API_VERSION = "sallyport.io/v1";
    private static final SequencedMap<String, Kind> KINDS = Choices.of(Kind.values(), Kind::documentName);
    // Stands in for a namespace that cannot be read, so that the spec is looked at all the same; never built into a
    // draft.
    private static final Name UNREADABLE = new Name("unreadable");

    private DocumentJson() {}

    /** A document that a path names already; it may repeat that, and must not say anything else. */
    public static Optional<Draft> readNamed(Place document, ResourceKey path) {
        Fields fields = envelope(document);
        fields.optional("apiVersion", DocumentJson::readVersion);
        fields.optional("kind", kind -> MetadataJson.expect(kind, path.kind().documentName()));
        MetadataJson metadata = MetadataJson.readNamed(fields, path);
        return readSpec(fields, path.kind(), path.namespace(), metadata);
    }

    /** A document that says itself what it is. */
    public static Optional<Draft> read(Place document) {
        Fields fields = envelope(document);
        fields.required("apiVersion", DocumentJson::readVersion);
        Optional<Kind> kind = fields.required("kind", item -> item.oneOf(KINDS));
        MetadataJson metadata = MetadataJson.read(fields, kind.orElse(Kind.EGRESS_RULE));
        Name namespace = metadata.name().stream()
                .map(ResourceName::namespace)
                .findFirst()
                .orElse(UNREADABLE);
        return kind.flatMap(known -> readSpec(fields, known, namespace, metadata));
    }

    /** Whether a document says that what it names is to be gone: {@code action: Delete}. */
    public static boolean isDeletion(Place document) {
        return document.value().isObject() && document.value().hasNonNull("action");
    }

    /** What such a document names; of its spec nothing is looked at. */
    public static Optional<ResourceKey> readDeletion(Place document) {
        Fields fields = document.fields("apiVersion", "kind", "action", "metadata", "spec", "status");
        fields.required("apiVersion", DocumentJson::readVersion);
        fields.optional("action", action -> MetadataJson.expect(action, "Delete"));
        Optional<Kind> kind = fields.required("kind", item -> item.oneOf(KINDS));
        MetadataJson metadata = MetadataJson.read(fields, kind.orElse(Kind.EGRESS_RULE));
        return fields.build(
                () -> new ResourceKey(kind.orElseThrow(), metadata.name().getFirst()));
    }

    private static Fields envelope(Place document) {
        return document.fields("apiVersion", "kind", "metadata", "spec", "status");
    }

    private static Optional<String> readVersion(Place place) {
        return MetadataJson.expect(place, API_VERSION);
    }

    private static Optional<Draft> readSpec(Fields fields, Kind kind, Name namespace, MetadataJson metadata) {
        Optional<? extends Spec> spec = SpecJson.mayBeAbsent(kind) && !fields.isThere("spec")
                ? Optional.of(SpecJson.empty())
                : fields.required("spec", item -> SpecJson.read(kind, item, namespace));
        return fields.build(() -> new Draft(
                fields.place().pointer(),
                new ResourceKey(kind, metadata.name().getFirst()),
                metadata.labels(),
                metadata.annotations(),
                spec.orElseThrow()));
    }

    /** Reports a document whose key was there before in the same batch. */
    public static void reportRepeat(String pointer, ResourceKey key, Violations violations) {
        violations.add(pointer + "/metadata/name", Reason.DUPLICATE, key + " is in this batch already.");
    }
}
