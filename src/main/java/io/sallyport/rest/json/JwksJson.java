package io.sallyport.rest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON Web Key Set (RFC 7517), as an object or as its text. It holds public keys alone. */
final class JwksJson {
    private static final int MOST_KEYS = 100;
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private JwksJson() {}

    /** The set as text, without blanks. */
    static Optional<String> read(Place place) {
        // A private key that is sent here by mistake must not come back in a message.
        Place secret = place.secret();
        return place.value().isTextual()
                ? secret.parsed(JwksJson::tree).flatMap(tree -> checked(secret, tree))
                : checked(secret, place.value());
    }

    static JsonNode write(String jwks) {
        return tree(jwks);
    }

    private static JsonNode tree(String text) {
        try {
            return Format.JSON.mapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    "it is not JSON: use the set as an object, or as the text that the issuer's jwks_uri gives");
        }
    }

    private static Optional<String> checked(Place place, JsonNode set) {
        int before = place.violations().count();
        JsonNode keys = set.path("keys");
        if (!set.isObject() || !keys.isArray() || keys.isEmpty() || keys.size() > MOST_KEYS) {
            place.report(
                    Reason.MALFORMED,
                    "It is not a JSON Web Key Set: use an object with 'keys', a list of 1 to %d keys."
                            .formatted(MOST_KEYS));
            return Optional.empty();
        }
        for (int index = 0; index < keys.size(); index++) {
            check(
                    place.value().isTextual() ? place : place.child("keys").child(Integer.toString(index)),
                    keys.get(index));
        }
        return place.violations().count() == before ? Optional.of(set.toString()) : Optional.empty();
    }

    private static void check(Place place, JsonNode key) {
        if (key.propertyStream().map(Map.Entry::getKey).anyMatch(PRIVATE::contains)) {
            place.report(Reason.CONTRADICTION, "It is a secret key: send the public half alone, and replace this one.");
        } else if (!JwkCheck.isUsable(key)) {
            place.report(
                    Reason.MALFORMED,
                    "It is not a public key that gateways take: RSA of 2048 bits or more, EC over P-256, P-384 or P-521, or OKP with Ed25519 (RFC 7517).");
        }
    }
}
