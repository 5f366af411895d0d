package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.PathMatch;
import java.util.Optional;
import java.util.SequencedMap;

/** What a path must be, in JSON (Gateway API, HTTPPathMatch). */
final class PathMatchJson {
    private static final SequencedMap<String, Type> TYPES = Choices.of(Type.values(), Type::documentName);

    private PathMatchJson() {}

    static Optional<PathMatch> read(Place place) {
        Fields fields = place.fields("type", "value");
        Optional<Type> type = fields.defaulted("type", Type.PREFIX, item -> item.oneOf(TYPES));
        Optional<String> value = type.flatMap(known -> fields.required("value", item -> value(known, item)));
        return fields.build(() -> switch (type.orElseThrow()) {
            case EXACT -> new PathMatch.Exact(value.orElseThrow());
            case PREFIX -> new PathMatch.Prefix(value.orElseThrow());
            case REGEX -> new PathMatch.Regex(value.orElseThrow());
        });
    }

    private static Optional<String> value(Type type, Place place) {
        return type == Type.REGEX ? RegexText.read(place) : PathText.read(place);
    }

    static ObjectNode write(PathMatch path) {
        Type type = switch (path) {
            case PathMatch.Exact exact -> Type.EXACT;
            case PathMatch.Prefix prefix -> Type.PREFIX;
            case PathMatch.Regex regex -> Type.REGEX;
        };
        return Tree.object().put("type", type.documentName()).put("value", path.value());
    }

    private enum Type {
        EXACT("Exact"),
        PREFIX("PathPrefix"),
        REGEX("RegularExpression");

        private final String documentName;

        Type(String documentName) {
            this.documentName = documentName;
        }

        String documentName() {
            return documentName;
        }
    }
}
