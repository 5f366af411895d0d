package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A control plane with a PostgreSQL and an issuer of its own; all their data is gone when it ends. */
final class OwnPlane implements AutoCloseable {
    private final Path folder;
    private final LocalPostgres postgres;
    private final LocalIssuer issuer;
    private final Map<String, String> settings;
    private ControlPlane controlPlane;

    private OwnPlane(Path folder, LocalPostgres postgres, LocalIssuer issuer, Map<String, String> more) {
        this.folder = folder;
        this.postgres = postgres;
        this.issuer = issuer;
        settings = new LinkedHashMap<>(Map.of(
                "SALLYPORT_DATABASE_URL", postgres.jdbcUrl(),
                "SALLYPORT_DATABASE_USER", LocalPostgres.USER,
                "SALLYPORT_ISSUER", issuer.issuerUri().toString(),
                "SALLYPORT_ENCRYPTION_KEY", EncryptionKey.of(folder)));
        settings.putAll(more);
        controlPlane = begin();
    }

    /** PostgreSQL flushes to disk as it does by itself. The settings are added to those that it cannot do without. */
    static OwnPlane start(String name, Map<String, String> settings) {
        Path folder = newFolder(name);
        LocalIssuer issuer = LocalIssuer.start();
        LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), Ports.free());
        OwnPlane plane = new OwnPlane(folder, postgres, issuer, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(plane::close, "stop"));
        return plane;
    }

    private static Path newFolder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Checkout.state()), name + "-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ControlPlane begin() {
        return ControlPlane.start(Ports.free(), Ports.free(), settings, folder.resolve("control-plane.log"))
                .awaitReady();
    }

    ApiClient api() {
        return new ApiClient(controlPlane.url(), issuer.userToken("admin"));
    }

    LocalPostgres postgres() {
        return postgres;
    }

    Path folder() {
        return folder;
    }

    long pid() {
        return controlPlane.process().pid();
    }

    /** After a {@link #kill}, another on the same database. */
    void startAgain() {
        controlPlane = begin();
    }

    /** As {@code kill -9} does. */
    void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        controlPlane.process().close();
    }

    @Override
    public synchronized void close() {
        controlPlane.process().close();
        issuer.close();
        postgres.close();
        delete(folder);
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
