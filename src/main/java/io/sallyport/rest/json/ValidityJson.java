package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.rule.Validity;
import io.sallyport.rest.json.Violations.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** When something holds, in JSON: two times of RFC 3339, either of which may be absent. */
final class ValidityJson {
    private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("\\d{4}-.*");

    private ValidityJson() {}

    static Optional<Validity> read(Place place) {
        Fields fields = place.fields("notBefore", "expiresAt");
        Optional<Instant> notBefore = fields.optional("notBefore", item -> item.parsed(ValidityJson::time));
        Optional<Instant> expiresAt = fields.optional("expiresAt", item -> item.parsed(ValidityJson::time));
        if (notBefore.isPresent() && expiresAt.isPresent() && !notBefore.get().isBefore(expiresAt.get())) {
            place.child("expiresAt").report(Reason.CONTRADICTION, "'expiresAt' must be after 'notBefore'.");
        }
        return fields.build(() -> new Validity(notBefore.orElse(Instant.MIN), expiresAt.orElse(Instant.MAX)));
    }

    /** Writes nothing where it always holds; bounds that have passed stay written. */
    static void write(ObjectNode object, String name, Validity validity) {
        ObjectNode result = Tree.object();
        if (!validity.notBefore().equals(Instant.MIN)) {
            result.put("notBefore", validity.notBefore().toString());
        }
        if (!validity.expiresAt().equals(Instant.MAX)) {
            result.put("expiresAt", validity.expiresAt().toString());
        }
        if (!result.isEmpty()) {
            object.set(name, result);
        }
    }

    static Instant time(String text) {
        try {
            if (FOUR_DIGIT_YEAR.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException malformed) {
            // told below, as any other text that is no time
        }
        throw new IllegalArgumentException("'%s' is not a time: use RFC 3339, 2030-01-31T12:00:00Z for example"
                .formatted(Suggestion.shortened(text)));
    }
}
