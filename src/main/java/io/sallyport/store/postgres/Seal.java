package io.sallyport.store.postgres;

import io.sallyport.domain.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts (AES-256-GCM, NIST SP 800-38D), each for one resource: moved to another it cannot be opened. Every text
 * has a random nonce, so a key is good for 2^32 of them.
 */
final class Seal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 16;
    private static final String HOW_TO =
            "set SALLYPORT_ENCRYPTION_KEY to 32 random bytes in Base64, such as `openssl rand -base64 32` prints";

    private final SequencedMap<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** Reads keys as {@link EncryptionSettings} describes them; none of an empty text. */
    Seal(String commaSeparated) {
        Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Seal::key)
                .forEach(key -> keys.put(id(key), key));
    }

    /** A text that was sealed: with which key, under which nonce; all in Base64 but the key's id. */
    record Sealed(String key, String nonce, String text) {}

    boolean hasKey() {
        return !keys.isEmpty();
    }

    static String howToSetKey() {
        return HOW_TO;
    }

    /** The id of the key that seals. */
    String key() {
        return keys.firstEntry().getKey();
    }

    /** A nonce for one text, and for no second one. */
    byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    Sealed sealed(ResourceKey owner, String text) {
        byte[] nonce = nonce();
        byte[] encrypted = sealed(owner.toString(), nonce, text.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return new Sealed(key(), base64.encodeToString(nonce), base64.encodeToString(encrypted));
    }

    /** @param purpose what has to be said again, to the letter, to open it */
    byte[] sealed(String purpose, byte[] nonce, byte[] content) {
        return run(Cipher.ENCRYPT_MODE, keys.firstEntry().getValue(), nonce, purpose, content);
    }

    /** Throws IllegalStateException where its key is not there, or where it was sealed for another or was changed. */
    String opened(ResourceKey owner, Sealed sealed) {
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] nonce = base64.decode(sealed.nonce());
        byte[] content = opened(owner.toString(), sealed.key(), nonce, base64.decode(sealed.text()));
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The same of bytes. */
    byte[] opened(String purpose, String keyId, byte[] nonce, byte[] content) {
        SecretKeySpec key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException(
                    "%s was encrypted with key %s, which SALLYPORT_ENCRYPTION_KEY does not list: add it after the others"
                            .formatted(purpose, keyId));
        }
        return run(Cipher.DECRYPT_MODE, key, nonce, purpose, content);
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, String purpose, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(
                    "what is stored of %s cannot be decrypted: it was changed, or is of another key".formatted(purpose),
                    failed);
        }
    }

    private static SecretKeySpec key(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == KEY_BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException malformed) {
            // told below, without the text
        }
        throw new IllegalArgumentException("an encryption key is not 32 bytes in Base64: " + HOW_TO);
    }

    // Tells keys apart, and tells nothing about them.
    private static String id(SecretKeySpec key) {
        return digest(key.getEncoded());
    }

    static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
