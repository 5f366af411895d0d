package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.Cors;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Which web pages may ask, in JSON. */
final class CorsJson {
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|https?://(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}|\\*");
    private static final Function<Place, Optional<Duration>> AGE =
            DurationJson.between(Duration.ZERO, Duration.ofHours(24));

    private CorsJson() {}

    static Optional<Cors> read(Place place) {
        Fields fields = place.fields(
                "allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials");
        List<String> origins = fields.requiredList("allowOrigins", item -> item.parsed(CorsJson::origin));
        List<String> methods = fields.list("allowMethods", item -> item.parsed(CorsJson::method));
        List<String> headers = fields.list("allowHeaders", HeaderJson::name);
        List<String> exposed = fields.list("exposeHeaders", HeaderJson::name);
        Optional<Duration> age = fields.defaulted("maxAge", Duration.ZERO, AGE);
        Optional<Boolean> credentials = fields.defaulted("allowCredentials", false, Place::truth);
        fields.refuseRepeats("allowOrigins", origins, Function.identity());
        if (credentials.orElse(false) && origins.contains("*")) {
            place.child("allowCredentials")
                    .report(
                            Reason.CONTRADICTION,
                            "Browsers do not send credentials where every origin may ask: name the origins.");
        }
        return fields.build(
                () -> new Cors(origins, methods, headers, exposed, age.orElseThrow(), credentials.orElseThrow()));
    }

    private static String origin(String text) {
        if (!ORIGIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not an origin: use https://app.example, https://*.app.example, or * for all"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    private static String method(String text) {
        if (!METHOD.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a method: use GET or PUT for example".formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(Cors cors) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "allowOrigins", cors.allowOrigins());
        Tree.texts(result, "allowMethods", cors.allowMethods());
        Tree.texts(result, "allowHeaders", cors.allowHeaders());
        Tree.texts(result, "exposeHeaders", cors.exposeHeaders());
        return result.put("maxAge", DurationJson.text(cors.maxAge())).put("allowCredentials", cors.allowCredentials());
    }
}
