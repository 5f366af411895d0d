package io.sallyport.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of the Python Package Index, in a virtual environment of its own under {@code .sallyport}.
 *
 * @param home the folder of the virtual environment
 * @param requirement package and version, as pip reads it
 * @param name of the executable
 */
record PythonProgram(Path home, String requirement, String name) {
    private static final long MINUTES_TO_INSTALL = 10;

    static PythonProgram of(String home, String requirement, String name) {
        return new PythonProgram(Path.of(".sallyport", home), requirement, name);
    }

    Path path() {
        return home.resolve("bin").resolve(name);
    }

    /** Runs beside each other share the installation: the lock lets one of them install, and the others wait. */
    Optional<Path> findOrInstall() {
        try {
            Files.createDirectories(home.getParent());
            try (var channel = FileChannel.open(
                            home.resolveSibling(home.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                return lock.isValid() && (isThere() || install())
                        ? Optional.of(path().toAbsolutePath())
                        : Optional.empty();
            }
        } catch (IOException impossible) {
            return Optional.empty();
        }
    }

    private boolean isThere() {
        return Files.isExecutable(path());
    }

    private boolean install() {
        return run("python3", "-m", "venv", home.toString())
                && run(home.resolve("bin/pip").toString(), "install", "--quiet", requirement)
                && isThere();
    }

    private boolean run(String... command) {
        try {
            Files.createDirectories(home);
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("install.log").toFile())
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
