package io.sallyport.local.differential;

import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.local.SigningKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Two issuers of tokens, which share one key as long as this process lives. */
final class Tokens {
    static final String SHOP = "https://issuer.example/shop";
    static final String BANK = "https://issuer.example/bank";
    private static final SigningKey KEY = SigningKey.generate();
    private static final String KEY_ID = "trial";
    private static final long LIFE_SECONDS = 3600;

    private Tokens() {}

    /** The issuer whose tokens are of a namespace. */
    static String of(String namespace) {
        return namespace.equals("bank") ? BANK : SHOP;
    }

    static String signed(ByJwt token) {
        return KEY.sign(KEY_ID, """
                {"iss":"%s","sub":"%s","aud":"sallyport","exp":%d}""".formatted(
                        token.issuer(), token.subject(), Instant.now().getEpochSecond() + LIFE_SECONDS));
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
