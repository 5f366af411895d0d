package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.PathRewrite;
import java.util.Optional;
import java.util.SequencedMap;

/** Another path for a request, in JSON (Gateway API, HTTPPathModifier). */
final class PathRewriteJson {
    private static final SequencedMap<String, Type> TYPES = Choices.of(Type.values(), Choices::capitalized);

    private PathRewriteJson() {}

    static Optional<PathRewrite> read(Place place) {
        Fields fields = place.fields("type", "replaceFullPath", "replacePrefixMatch");
        Optional<Type> type = fields.required("type", item -> item.oneOf(TYPES));
        Optional<PathRewrite> rewrite = type.flatMap(known -> switch (known) {
            case REPLACE_FULL_PATH -> {
                fields.refused("replacePrefixMatch", "It goes with type ReplacePrefixMatch.");
                yield fields.required("replaceFullPath", PathText::read).map(PathRewrite.Full::new);
            }
            case REPLACE_PREFIX_MATCH -> {
                fields.refused("replaceFullPath", "It goes with type ReplaceFullPath.");
                yield fields.required("replacePrefixMatch", PathText::read).map(PathRewrite.Prefix::new);
            }
        });
        return fields.build(rewrite::orElseThrow);
    }

    static ObjectNode write(PathRewrite rewrite) {
        return switch (rewrite) {
            case PathRewrite.Full full ->
                Tree.object()
                        .put("type", Choices.capitalized(Type.REPLACE_FULL_PATH))
                        .put("replaceFullPath", full.value());
            case PathRewrite.Prefix prefix ->
                Tree.object()
                        .put("type", Choices.capitalized(Type.REPLACE_PREFIX_MATCH))
                        .put("replacePrefixMatch", prefix.value());
        };
    }

    private enum Type {
        REPLACE_FULL_PATH,
        REPLACE_PREFIX_MATCH
    }
}
