package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server that outlived the process which started it: PostgreSQL is a daemon, and a kill asks nobody. */
final class LeftoverPostmaster {
    private static final int SECONDS_TO_SHUT_DOWN = 10;

    private final Path data;

    LeftoverPostmaster(Path data) {
        this.data = data.toAbsolutePath().normalize();
    }

    void stop() {
        process().ifPresent(postmaster -> {
            // A fast shutdown (SIGINT) does not wait for clients, as SIGTERM would; SIGKILL would cost a recovery.
            interrupt(postmaster.pid());
            if (!hasEnded(postmaster)) {
                postmaster.destroyForcibly();
                hasEnded(postmaster);
            }
        });
    }

    /** Without a word. */
    void kill() {
        process().ifPresent(postmaster -> {
            postmaster.destroyForcibly();
            hasEnded(postmaster);
        });
    }

    /** Empty also where the number now belongs to a process that is no server of this folder. */
    private Optional<ProcessHandle> process() {
        List<String> lines = pidFile();
        if (lines.size() < 2 || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::servesThisFolder);
    }

    private boolean servesThisFolder(ProcessHandle process) {
        return process.info()
                        .commandLine()
                        .filter(line -> line.contains("postgres"))
                        .isPresent()
                && process.info()
                        .arguments()
                        .map(List::of)
                        .filter(arguments -> arguments.contains(data.toString()))
                        .isPresent();
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException nobodyThere) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void interrupt(long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + pid).start().onExit().join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean hasEnded(ProcessHandle postmaster) {
        try {
            postmaster.onExit().get(SECONDS_TO_SHUT_DOWN, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
