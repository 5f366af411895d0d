package io.sallyport.rest.json;

import static io.sallyport.domain.Credential.CA_BUNDLE;
import static io.sallyport.domain.Credential.CERTIFICATE;
import static io.sallyport.domain.Credential.PRIVATE_KEY;
import static io.sallyport.domain.Credential.TOKEN;

import io.sallyport.domain.Credential;
import io.sallyport.domain.SecretText;
import io.sallyport.domain.security.CertificateChain;
import io.sallyport.domain.security.CertificateKey;
import io.sallyport.rest.json.Violations.Reason;
import java.security.PublicKey;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a credential holds, in JSON. What is wrong with it is said without quoting it. */
final class CredentialData {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    // What a header can carry (RFC 9110, section 5.5).
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final int LONGEST_TOKEN = 8192;
    private static final int LONGEST_OPAQUE = 65_536;

    private CredentialData() {}

    static Optional<SortedMap<String, SecretText>> read(Place place, Credential.Type type) {
        return switch (type) {
            case CERTIFICATE -> certificate(place);
            case CA_BUNDLE -> caBundle(place);
            case TOKEN -> token(place);
            case OPAQUE -> opaque(place);
        };
    }

    private static Optional<SortedMap<String, SecretText>> certificate(Place place) {
        Fields fields = place.fields(CERTIFICATE, PRIVATE_KEY);
        Optional<CertificateChain> chain = fields.required(CERTIFICATE, item -> item.parsed(CertificateChain::parse));
        chain.ifPresent(known -> check(known, place.child(CERTIFICATE)));
        Optional<String> key = fields.required(
                PRIVATE_KEY,
                item -> chain.isEmpty()
                        ? item.parsed(CertificateKey::formed)
                        : key(item, chain.get().own().getPublicKey()));
        return fields.build(() -> parts(CERTIFICATE, chain.orElseThrow().pem(), PRIVATE_KEY, key.orElseThrow()));
    }

    private static void check(CertificateChain chain, Place place) {
        if (!CertificateKey.isUsable(chain.own().getPublicKey())) {
            place.report(
                    Reason.CONTRADICTION,
                    "Gateways take certificates with an RSA key of 2048 bits or more, or an EC key over P-256, P-384 or P-521.");
        }
        sound(chain, place);
        int broken = chain.firstNotSignedByNext();
        if (broken > 0) {
            place.report(
                    Reason.CONTRADICTION,
                    "Certificate %d is not signed by the one after it: put the server's own first, then who signed it, and so on."
                            .formatted(broken));
        }
    }

    private static Optional<String> key(Place place, PublicKey ofCertificate) {
        Optional<CertificateKey> key = place.parsed(text -> CertificateKey.parse(text, ofCertificate));
        if (key.isPresent() && !key.get().belongsTo(ofCertificate)) {
            place.report(Reason.CONTRADICTION, "It is not the key of the (first) certificate.");
        }
        return key.map(CertificateKey::pem);
    }

    private static Optional<SortedMap<String, SecretText>> caBundle(Place place) {
        Fields fields = place.fields(CA_BUNDLE);
        Optional<CertificateChain> bundle = fields.required(CA_BUNDLE, item -> item.parsed(CertificateChain::parse));
        bundle.ifPresent(known -> sound(known, place.child(CA_BUNDLE)));
        return fields.build(() -> parts(CA_BUNDLE, bundle.orElseThrow().pem()));
    }

    private static void sound(CertificateChain chain, Place place) {
        int weak = chain.firstWeak();
        if (weak > 0) {
            place.report(
                    Reason.CONTRADICTION,
                    "Certificate %d has a weak key (RSA below 2048 bits, EC below 256, DSA) or is signed with MD5 or SHA-1: have it issued anew."
                            .formatted(weak));
        }
        int repeated = chain.firstRepeated();
        if (repeated > 0) {
            place.report(Reason.DUPLICATE, "Certificate %d is there already: leave it out.".formatted(repeated));
        }
    }

    private static Optional<SortedMap<String, SecretText>> token(Place place) {
        Fields fields = place.fields(TOKEN);
        Optional<String> token = fields.required(TOKEN, CredentialData::headerValue);
        return fields.build(() -> parts(TOKEN, token.orElseThrow()));
    }

    private static Optional<String> headerValue(Place place) {
        Optional<String> text = place.text(LONGEST_TOKEN);
        if (text.isPresent() && !HEADER_VALUE.matcher(text.get()).matches()) {
            place.report(
                    Reason.MALFORMED,
                    "A token travels in a header: use printable ASCII, without line breaks and without blanks at its ends.");
        }
        return text;
    }

    private static Optional<SortedMap<String, SecretText>> opaque(Place place) {
        if (place.value().isObject() && place.value().isEmpty()) {
            place.report(Reason.MISSING_FIELD, "At least one part is needed in 'data'.");
        }
        SortedMap<String, SecretText> parts = new TreeMap<>();
        place.strings((name, item) -> {
            if (!PART.matcher(name).matches()) {
                item.report(
                        Reason.MALFORMED,
                        "A part is named by letters, digits, '-', '_' and '.', at most 253, the first and last a letter or digit.");
            }
            Optional<String> text = item.text(LONGEST_OPAQUE);
            text.ifPresent(secret -> parts.put(name, new SecretText(secret)));
            return text;
        });
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
    }

    private static SortedMap<String, SecretText> parts(String... namesAndTexts) {
        SortedMap<String, SecretText> parts = new TreeMap<>();
        for (int index = 0; index < namesAndTexts.length; index += 2) {
            parts.put(namesAndTexts[index], new SecretText(namesAndTexts[index + 1]));
        }
        return parts;
    }
}
