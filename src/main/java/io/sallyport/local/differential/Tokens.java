package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.Peer;
import io.sallyport.local.SigningKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two issuers of tokens that are taken, and one that is not, which share one key as long as this process lives. */
final class Tokens {
    static final String SHOP = "https://issuer.example/shop";
    static final String BANK = "https://issuer.example/bank";
    static final String NOBODY = "https://issuer.example/nobody";
    private static final SigningKey FORGERS = SigningKey.generate();
    private static final SigningKey KEY = SigningKey.generate();
    private static final String KEY_ID = "trial";
    private static final String USUAL = "proxy-authorization";
    private static final Map<String, String> PREFIXES = Map.of(USUAL, "Bearer ", "authorization", "Bearer ");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Headers that tokens are in. */
    static final List<String> HEADERS = List.of(USUAL, "authorization", "x-token");

    private static final long LIFE_SECONDS = 86_400;
    private static final Map<Peer.Token, String> SIGNED = new ConcurrentHashMap<>();

    private Tokens() {}

    /** The issuer whose tokens are of a namespace. */
    static String of(String namespace) {
        return namespace.equals("bank") ? BANK : SHOP;
    }

    /** The header that it is in, and what it says there. */
    static Conversation.Shown shown(Peer.Token token) {
        String header = token.header().isEmpty() ? USUAL : token.header();
        return new Conversation.Shown(header, PREFIXES.getOrDefault(header, "") + text(token));
    }

    /** Headers as a provider has them, as a flow of YAML. */
    static String place(String header) {
        return "{name: %s, prefix: \"%s\"}".formatted(header, PREFIXES.getOrDefault(header, ""));
    }

    // The same each time, so that it is known again where it arrives.
    private static String text(Peer.Token token) {
        return SIGNED.computeIfAbsent(token, Tokens::written);
    }

    private static String written(Peer.Token token) {
        return switch (token) {
            case Peer.Token.Proven proven ->
                KEY.sign(
                        KEY_ID,
                        claims(proven.identity().issuer(), proven.identity().subject(), "sallyport", 0, LIFE_SECONDS)
                                .setAll(JSON.<ObjectNode>valueToTree(proven.claims()))
                                .toString());
            case Peer.Token.Unproven unproven -> bad(unproven.fault());
        };
    }

    private static String bad(Peer.Token.Fault fault) {
        return switch (fault) {
            case MALFORMED -> "no.token";
            case EXPIRED -> signed(KEY, SHOP, "sallyport", -2 * LIFE_SECONDS, -LIFE_SECONDS);
            case NOT_YET_VALID -> signed(KEY, SHOP, "sallyport", LIFE_SECONDS, 2 * LIFE_SECONDS);
            case WRONG_SIGNATURE -> signed(FORGERS, SHOP, "sallyport", 0, LIFE_SECONDS);
            case WRONG_AUDIENCE -> signed(KEY, BANK, "elsewhere", 0, LIFE_SECONDS);
        };
    }

    private static String signed(SigningKey key, String issuer, String audience, long from, long until) {
        return key.sign(KEY_ID, claims(issuer, "w0", audience, from, until).toString());
    }

    // Bounds in seconds from now.
    private static ObjectNode claims(String issuer, String subject, String audience, long from, long until) {
        long now = Instant.now().getEpochSecond();
        return JSON.createObjectNode()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", audience)
                .put("nbf", now + from)
                .put("exp", now + until);
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
