package io.sallyport.local.differential;

import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.local.SigningKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Two issuers of tokens that are taken, and one that is not, which share one key as long as this process lives. */
final class Tokens {
    static final String SHOP = "https://issuer.example/shop";
    static final String BANK = "https://issuer.example/bank";
    static final String NOBODY = "https://issuer.example/nobody";
    private static final SigningKey FORGERS = SigningKey.generate();
    private static final SigningKey KEY = SigningKey.generate();
    private static final String KEY_ID = "trial";
    private static final long LIFE_SECONDS = 3600;

    private Tokens() {}

    /** The issuer whose tokens are of a namespace. */
    static String of(String namespace) {
        return namespace.equals("bank") ? BANK : SHOP;
    }

    static String text(Peer.Token token) {
        return switch (token) {
            case Peer.Token.Proven proven -> good(proven.identity());
            case Peer.Token.Unproven unproven -> bad(unproven.fault());
        };
    }

    private static String good(ByJwt identity) {
        return KEY.sign(KEY_ID, claims(identity.issuer(), identity.subject(), "sallyport", 0, LIFE_SECONDS));
    }

    private static String bad(Peer.Token.Fault fault) {
        return switch (fault) {
            case MALFORMED -> "no.token";
            case EXPIRED -> KEY.sign(KEY_ID, claims(SHOP, "w0", "sallyport", -2 * LIFE_SECONDS, -LIFE_SECONDS));
            case NOT_YET_VALID -> KEY.sign(KEY_ID, claims(SHOP, "w0", "sallyport", LIFE_SECONDS, 2 * LIFE_SECONDS));
            case WRONG_SIGNATURE -> FORGERS.sign(KEY_ID, claims(SHOP, "w0", "sallyport", 0, LIFE_SECONDS));
            case WRONG_AUDIENCE -> KEY.sign(KEY_ID, claims(BANK, "w0", "elsewhere", 0, LIFE_SECONDS));
        };
    }

    // Bounds in seconds from now.
    private static String claims(String issuer, String subject, String audience, long from, long until) {
        long now = Instant.now().getEpochSecond();
        return """
                {"iss":"%s","sub":"%s","aud":"%s","nbf":%d,"exp":%d}""".formatted(issuer, subject, audience, now + from, now + until);
    }

    /** The key set, as a flow of YAML. */
    static String jwks() {
        return "{keys: [{kty: RSA, alg: RS256, use: sig, kid: %s, n: \"%s\", e: \"%s\"}]}"
                .formatted(
                        KEY_ID, number(KEY.key().getModulus()), number(KEY.key().getPublicExponent()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }
}
