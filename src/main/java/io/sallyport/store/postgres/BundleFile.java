package io.sallyport.store.postgres;

import io.sallyport.domain.DesiredState;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.RolloutsInHand;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A file of one line that says how to read it, and of what is encrypted and proven (AES-256-GCM) by the key of
 * credentials, for one installation. Nobody without the key can read it, or make one that is believed.
 */
@Singleton
public final class BundleFile implements OutageBundle {
    private static final Logger LOG = Logger.getLogger(BundleFile.class);
    private static final String NAME = "sallyport-bundle";
    private static final String FORM = "2";
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    private static final int LONGEST_LINE = 256;
    private static final int PARTS = 5;

    private final Path file;
    private final boolean isKept;
    private final Duration maxAge;
    private final String deployment;
    private final Seal seal;
    private final BundleForm form;

    @Inject
    BundleFile(
            BundleSettings settings,
            EncryptionSettings encryption,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String database) {
        this(
                settings.folder().orElse(""),
                settings.maxAge(),
                settings.deployment().orElse(database.replaceFirst("\\?.*", "")),
                new Seal(encryption.key().orElse("")));
    }

    BundleFile(String folder, Duration maxAge, String deployment, Seal seal) {
        this.file = Path.of(folder).resolve("outage.bundle");
        this.isKept = !folder.isEmpty() && seal.hasKey();
        this.maxAge = maxAge;
        this.deployment = Seal.digest(deployment.getBytes(StandardCharsets.UTF_8));
        this.seal = seal;
        this.form = new BundleForm(new StoredSpecs(seal));
        if (!folder.isEmpty() && !isKept) {
            LOG.warnf("no bundle is kept in %s: %s", folder, Seal.howToSetKey());
        }
    }

    @Override
    public boolean isKept() {
        return isKept;
    }

    @Override
    public void keep(DesiredState state, RolloutsInHand rollouts, Instant asOf) {
        if (!isKept) {
            return;
        }
        byte[] nonce = seal.nonce();
        String line = String.join(
                " ", NAME, FORM, deployment, seal.key(), Base64.getEncoder().encodeToString(nonce));
        byte[] content = seal.sealed(line, nonce, form.write(state, rollouts, asOf));
        try {
            replace(line + "\n", content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // On disk before it takes the place of the one before, which so is there until then.
    private void replace(String line, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "outage",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                writeAll(channel, ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public Kept read(Instant now) {
        if (!isKept || !Files.exists(file)) {
            return new Kept.Absent();
        }
        try {
            return inTime(opened(Files.readAllBytes(file)), now);
        } catch (IOException | UncheckedIOException | IllegalStateException unbelievable) {
            LOG.debugf(unbelievable, "bundle not believed file=%s", file);
            return new Kept.Refused("%s: %s".formatted(file, unbelievable.getMessage()));
        }
    }

    private Kept inTime(Kept.Usable bundle, Instant now) {
        Duration age = Duration.between(bundle.asOf(), now);
        if (age.compareTo(maxAge) > 0) {
            return new Kept.Refused("%s: it is as of %s, which is longer ago than sallyport.bundle.max-age (%s) allows"
                    .formatted(file, bundle.asOf(), maxAge));
        }
        if (age.negated().compareTo(CLOCKS_APART) > 0) {
            return new Kept.Refused(
                    "%s: it is as of %s, which is still to come: is the clock right?".formatted(file, bundle.asOf()));
        }
        return bundle;
    }

    private Kept.Usable opened(byte[] bytes) {
        String line = firstLine(bytes);
        String[] parts = line.split(" ", -1);
        if (parts.length != PARTS || !parts[0].equals(NAME)) {
            throw new IllegalStateException("it is no bundle that this program knows");
        }
        if (!parts[1].equals(FORM)) {
            throw new IllegalStateException("another version of this program wrote it (form %s, this one reads form %s)"
                    .formatted(parts[1], FORM));
        }
        if (!parts[2].equals(deployment)) {
            throw new IllegalStateException("it is of another installation (sallyport.bundle.deployment)");
        }
        byte[] content = Arrays.copyOfRange(bytes, Math.min(line.length() + 1, bytes.length), bytes.length);
        return form.read(seal.opened(line, parts[3], nonce(parts[4]), content));
    }

    private static byte[] nonce(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException changed) {
            throw new IllegalStateException("it was changed", changed);
        }
    }

    private static String firstLine(byte[] bytes) {
        int end = 0;
        while (end < Math.min(bytes.length, LONGEST_LINE) && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }
}
