package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.RouteFilter.DirectResponse;
import io.sallyport.rest.json.Violations.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer in place of the destination's, in JSON. */
final class DirectResponseJson {
    private static final String DEFAULT_CONTENT_TYPE = "text/plain";
    private static final int LONGEST_CONTENT_TYPE = 256;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    // A media type with parameters (RFC 9110, section 8.3.1).
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *; *[A-Za-z0-9_-]+=[A-Za-z0-9_.+-]+)*");

    private DirectResponseJson() {}

    static Optional<DirectResponse> read(Place place) {
        Fields fields = place.fields("status", "body", "contentType");
        Optional<Integer> status = fields.required("status", DirectResponseJson::status);
        Optional<String> body = fields.defaulted("body", "", DirectResponseJson::body);
        Optional<String> contentType = fields.optional(
                "contentType",
                item -> item.text(LONGEST_CONTENT_TYPE).flatMap(text -> item.attempt(() -> contentType(text))));
        boolean isEmpty = body.isPresent() && body.get().isEmpty();
        if (isEmpty) {
            fields.refused("contentType", "Without a body there is no type of it.");
        }
        if (status.isPresent() && (status.get() == NO_CONTENT || status.get() == NOT_MODIFIED)) {
            fields.refused("body", "An answer of status %d has no body.".formatted(status.get()));
        }
        return fields.build(() -> new DirectResponse(
                status.orElseThrow(), body.orElseThrow(), isEmpty ? "" : contentType.orElse(DEFAULT_CONTENT_TYPE)));
    }

    static Optional<Integer> status(Place place) {
        return place.integer(200, 599);
    }

    private static Optional<String> body(Place place) {
        Optional<String> text = place.text(DirectResponse.LONGEST_BODY);
        if (text.isPresent() && text.get().getBytes(StandardCharsets.UTF_8).length > DirectResponse.LONGEST_BODY) {
            place.report(
                    Reason.OUT_OF_RANGE, "At most %d bytes are taken here.".formatted(DirectResponse.LONGEST_BODY));
            return Optional.empty();
        }
        return text;
    }

    private static String contentType(String text) {
        if (!CONTENT_TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a media type: use application/json for example".formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(DirectResponse response) {
        ObjectNode result = Tree.object().put("status", response.status());
        if (!response.body().isEmpty()) {
            result.put("body", response.body()).put("contentType", response.contentType());
        }
        return result;
    }
}
