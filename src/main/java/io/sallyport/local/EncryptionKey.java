package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** What credentials are encrypted with where they are stored; kept beside the data, which is lost without it. */
public final class EncryptionKey {
    private static final int BYTES = 32;

    private EncryptionKey() {}

    /** A new one, in Base64. */
    public static String random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** That of a data folder, made where there is none yet; only its owner can read the file. */
    static String of(Path data) {
        Path file = data.resolve("encryption.key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(data);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, random(), StandardOpenOption.WRITE);
            }
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
