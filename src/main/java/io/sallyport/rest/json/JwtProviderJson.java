package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.JwtProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whose tokens prove who a source is, in JSON. */
final class JwtProviderJson {
    private static final int LONGEST_AUDIENCE = 1024;

    private JwtProviderJson() {}

    static Optional<JwtProvider> read(Place place) {
        Fields fields = place.fields("issuer", "audiences", "jwks");
        Optional<String> issuer = fields.required("issuer", item -> item.parsed(IssuerText::issuer));
        List<String> audiences = fields.list("audiences", item -> item.parsed(JwtProviderJson::audience));
        Optional<String> jwks = fields.required("jwks", JwksJson::read);
        fields.refuseRepeats("audiences", audiences, Function.identity());
        return fields.build(() -> new JwtProvider(issuer.orElseThrow(), audiences, jwks.orElseThrow()));
    }

    private static String audience(String text) {
        if (text.isBlank() || text.length() > LONGEST_AUDIENCE) {
            throw new IllegalArgumentException("an audience has 1 to %d characters".formatted(LONGEST_AUDIENCE));
        }
        return text;
    }

    static ObjectNode write(JwtProvider provider) {
        ObjectNode result = Tree.object().put("issuer", provider.issuer());
        Tree.texts(result, "audiences", provider.audiences());
        return result.set("jwks", JwksJson.write(provider.jwks()));
    }
}
