package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.security.CertificateKey;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Whether a data plane takes a JSON Web Key: one that it cannot use may make it refuse the whole set. */
final class JwkCheck {
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private JwkCheck() {}

    static boolean isUsable(JsonNode key) {
        if (key.has("alg") && !ALGORITHMS.contains(key.path("alg").asText())) {
            return false;
        }
        return switch (key.path("kty").asText()) {
            case "RSA", "EC" -> isUsablePublicKey(key);
            case "OKP" -> key.path("crv").asText().equals("Ed25519") && isReadable(key);
            default -> false;
        };
    }

    private static boolean isReadable(JsonNode key) {
        try {
            return JsonWebKey.Factory.newJwk(key.toString()) instanceof PublicJsonWebKey;
        } catch (JoseException | RuntimeException malformed) {
            return false;
        }
    }

    private static boolean isUsablePublicKey(JsonNode key) {
        try {
            PublicKey read =
                    PublicJsonWebKey.Factory.newPublicJwk(key.toString()).getPublicKey();
            return CertificateKey.isUsable(read) && !(read instanceof ECPublicKey point && !isOnItsCurve(point));
        } catch (JoseException | RuntimeException malformed) {
            return false;
        }
    }

    // y² = x³ + ax + b (SEC 1, section 2.2.1), which the JDK does not check.
    private static boolean isOnItsCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return y.pow(2).mod(prime).equals(right.mod(prime));
    }
}
