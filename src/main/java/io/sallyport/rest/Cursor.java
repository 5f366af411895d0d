package io.sallyport.rest;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Where a walk through a list goes on. It names the revision, so that the whole walk sees one state; since no revision
 * is ever forgotten, it never expires.
 *
 * @param query a short hash of what the list was asked for; a walk cannot change that midway
 */
record Cursor(Revision revision, ResourceName after, String query) {
    private static final int HASH_DIGITS = 8;

    static String hash(String query) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Throws IllegalArgumentException where it was not made by {@link #toString}. */
    static Cursor parse(String text) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = plain.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not of three parts");
        }
        return new Cursor(new Revision(Long.parseLong(parts[0])), ResourceName.parse(parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        String plain = "%s %s %s".formatted(revision, after, query);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
