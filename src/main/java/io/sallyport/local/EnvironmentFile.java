package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code .sallyport/env}: what scripts, and our own verbs, need to know while all is up. */
final class EnvironmentFile {

    private EnvironmentFile() {}

    private static Path file() {
        return Checkout.state().resolve("env");
    }

    static void write(Map<String, String> values) {
        var lines = values.entrySet().stream()
                .map(entry -> entry.getKey() + "='" + entry.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something is up here, or the environment names something elsewhere. */
    static boolean isThere() {
        return System.getenv("SALLYPORT_URL") != null || Files.exists(file());
    }

    static URI url() {
        return URI.create(value("SALLYPORT_URL"));
    }

    static URI issuer() {
        return URI.create(value("SALLYPORT_ISSUER"));
    }

    static String grpc() {
        return value("SALLYPORT_GRPC");
    }

    private static String value(String name) {
        var given = System.getenv(name);
        return given == null ? written(name) : given;
    }

    private static String written(String name) {
        try (var lines = Files.lines(file())) {
            return lines.filter(line -> line.startsWith(name + "='"))
                    .map(line -> line.substring(name.length() + 2, line.length() - 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new CommandException("Sallyport is not up here; start it by ./sallyport up");
        }
    }
}
