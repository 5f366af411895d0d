package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Names the content of several resources together: equal content, equal version, on every replica. */
final class ContentVersion {
    private static final int DIGITS = 16;

    private ContentVersion() {}

    static String of(Collection<EnvoyResource> resources) {
        MessageDigest digest = sha256();
        for (EnvoyResource resource : resources) {
            digest.update((resource.name() + "\0" + resource.version() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
