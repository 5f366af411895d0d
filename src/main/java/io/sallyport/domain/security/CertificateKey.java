package io.sallyport.domain.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The private key of a certificate. Messages never quote it. */
public final class CertificateKey {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final Set<String> LEGACY = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");
    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_CURVE = 256;
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);

    private final PrivateKey key;

    private CertificateKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads one block of PEM: PKCS #8, or the older forms of RSA (PKCS #1) and EC (SEC 1), neither of them encrypted. The
     * key is of the kind that the certificate's public key has; throws IllegalArgumentException where it is not.
     */
    public static CertificateKey parse(String pem, PublicKey ofCertificate) {
        Pem.Block block = block(pem);
        byte[] content = isLegacy(block) ? wrapped(block.content(), ofCertificate) : block.content();
        try {
            KeyFactory factory = KeyFactory.getInstance(ofCertificate.getAlgorithm());
            return new CertificateKey(factory.generatePrivate(new PKCS8EncodedKeySpec(content)));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException(
                    "it cannot be read as a private key of the kind that the certificate has (%s)"
                            .formatted(ofCertificate.getAlgorithm()),
                    malformed);
        }
    }

    /** The text, where it has the form of a key; what it is the key of is not looked at. Throws IllegalArgumentException. */
    public static String formed(String pem) {
        Pem.Block ignored = block(pem);
        return pem;
    }

    private static Pem.Block block(String pem) {
        List<Pem.Block> blocks = Pem.blocks(pem).stream()
                .filter(block -> !block.label().equals("EC PARAMETERS"))
                .toList();
        if (blocks.size() != 1 || !(blocks.getFirst().label().equals(PKCS8) || isLegacy(blocks.getFirst()))) {
            throw new IllegalArgumentException(
                    "it is not one private key: use one block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, not encrypted");
        }
        return blocks.getFirst();
    }

    /** Whether gateways take certificates with such a key: RSA of 2048 bits or more, or EC over P-256, P-384 or P-521. */
    public static boolean isUsable(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA;
            case ECPublicKey curve ->
                CURVES.contains(curve.getParams().getCurve().getField().getFieldSize());
            default -> false;
        };
    }

    /** Whether it can be found out from the public key, in time. */
    static boolean isWeak(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() < SHORTEST_RSA;
            case ECPublicKey curve -> curve.getParams().getCurve().getField().getFieldSize() < SHORTEST_CURVE;
            default -> key.getAlgorithm().equals("DSA");
        };
    }

    /** Whether it is the other half of a public key. */
    public boolean belongsTo(PublicKey publicKey) {
        byte[] probe = "sallyport".getBytes(StandardCharsets.US_ASCII);
        String algorithm = publicKey instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    /** For whoever is to use it. */
    public PrivateKey key() {
        return key;
    }

    /** Canonical PEM, as PKCS #8. */
    public String pem() {
        return Pem.text(PKCS8, key.getEncoded());
    }

    @Override
    public String toString() {
        return "[redacted]";
    }

    private static boolean isLegacy(Pem.Block block) {
        return LEGACY.contains(block.label());
    }

    // PKCS #8 is the older form in an envelope that names the algorithm, which the certificate names as well: the first
    // part of its SubjectPublicKeyInfo.
    private static byte[] wrapped(byte[] legacy, PublicKey ofCertificate) {
        byte[] version = {0x02, 0x01, 0x00};
        return tagged(0x30, version, firstPart(ofCertificate.getEncoded()), tagged(0x04, legacy));
    }

    private static byte[] firstPart(byte[] sequence) {
        int start = headerLength(sequence, 0);
        int end = start + headerLength(sequence, start) + contentLength(sequence, start);
        return Arrays.copyOfRange(sequence, start, end);
    }

    private static int headerLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int contentLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int index = 0; index < (first & 0x7f); index++) {
            length = (length << Byte.SIZE) | (der[at + 2 + index] & 0xff);
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(content::writeBytes);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(tag);
        if (content.size() < 0x80) {
            result.write(content.size());
        } else {
            // Two bytes of length are enough for any key.
            result.write(0x82);
            result.write(content.size() >> Byte.SIZE);
            result.write(content.size());
        }
        result.writeBytes(content.toByteArray());
        return result.toByteArray();
    }
}
