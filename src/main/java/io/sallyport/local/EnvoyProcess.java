package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running Envoy. Its bootstrap file must have an admin interface; in its folder are {@code envoy.log} (standard
 * error) and {@code access.log} (standard output).
 */
public final class EnvoyProcess implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    private final Process process;
    private final Path folder;

    private EnvoyProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it; does not wait for anything. */
    public static EnvoyProcess start(EnvoyBinary binary, Path bootstrap, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(adminFile(folder));
            Process process = new ProcessBuilder(commandLine(binary, bootstrap, folder))
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("envoy.log").toFile())
                    .redirectOutput(folder.resolve("access.log").toFile())
                    .start();
            return new EnvoyProcess(process, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // As we tell users to launch it, on one thread and with a log that is written at once.
    private static List<String> commandLine(EnvoyBinary binary, Path bootstrap, Path folder) {
        var line = new ArrayList<>(EnvoyLaunch.command(binary.path().toString(), bootstrap.toAbsolutePath()));
        line.addAll(List.of(
                "--concurrency",
                "1",
                "--file-flush-interval-msec",
                "100",
                "--admin-address-path",
                adminFile(folder).toAbsolutePath().toString()));
        return line;
    }

    /** Waits until it has all it needs to serve; throws IllegalStateException, with the log's end, where it never has. */
    public EnvoyProcess awaitLive(Duration atMost) {
        Instant end = Instant.now().plus(atMost);
        while (!admin().map(EnvoyAdmin::isLive).orElse(false)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("Envoy is not live:\n" + endOfLog());
            }
            pause();
        }
        return this;
    }

    /** Its admin interface, once it has one. */
    public Optional<EnvoyAdmin> admin() {
        String address = read(adminFile(folder)).strip();
        return address.isEmpty() ? Optional.empty() : Optional.of(EnvoyAdmin.parse(address));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public String log() {
        return read(folder.resolve("envoy.log"));
    }

    /** The lines that were written wholly. */
    public String accessLog() {
        String all = read(folder.resolve("access.log"));
        return all.substring(0, all.lastIndexOf('\n') + 1);
    }

    private String endOfLog() {
        String log = log();
        return log.substring(Math.max(0, log.length() - 3000));
    }

    private static Path adminFile(Path folder) {
        return folder.resolve("admin-address");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void pause() {
        try {
            process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Envoy", interrupted);
        }
    }

    /** Ends it, by force where it does not go, and waits until it is gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
