package io.sallyport.rest.json;

import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.workload.Scopes;
import java.util.regex.Pattern;

/** Issuers and subjects of tokens, as people write them and as principals hold them. */
final class IssuerText {
    private static final Pattern ISSUER = Pattern.compile("[a-z][a-z0-9+.-]*://[\\x21-\\x7e&&[^*,]]{1,1000}");
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e&&[^*,]]{1,1000}");

    private IssuerText() {}

    /** The claim {@code iss}. */
    static String issuer(String text) {
        if (!ISSUER.matcher(text).matches() || text.startsWith("spiffe://")) {
            throw new IllegalArgumentException(
                    "'%s' is not an issuer: use its URL as the claim iss has it, https://issuer.example for example"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    /** The claim {@code sub}. */
    static String subject(String text) {
        if (!SUBJECT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a subject: use the claim sub, printable ASCII without blanks, commas and asterisks"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    /** An entry of a namespace's scopes: an issuer, or {@code issuer/subject*}. */
    static String scope(String text) {
        if (text.startsWith("*") || text.startsWith("spiffe://")) {
            throw new IllegalArgumentException(
                    "'%s' is not an issuer: use its URL, or its URL, a slash and the beginning of a subject with *"
                            .formatted(Suggestion.shortened(text)));
        }
        // Throws where it is no principal.
        PrincipalPattern ignored = Scopes.ofIssuer(text);
        return text;
    }
}
