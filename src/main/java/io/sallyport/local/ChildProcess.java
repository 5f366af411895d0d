package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that ends when we close it and also when we die, since it hangs on a pipe that only we hold. */
public final class ChildProcess implements AutoCloseable {

    // The shell waits for the command; its reader waits for the end of our pipe and then ends the command.
    private static final String TETHER = """
            trap '' INT HUP
            exec 3<&0
            "$@" 3<&- </dev/null &
            child=$!
            { read -r _ <&3; kill $child; sleep 8; kill -9 $child; } >/dev/null 2>&1 &
            reader=$!
            exec 3<&-
            wait $child
            code=$?
            kill $reader 2>/dev/null
            exit $code""";

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        var tethered = Stream.concat(Stream.of("sh", "-c", TETHER, name), command.stream())
                .toList();
        var builder = new ProcessBuilder(tethered)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process of the command itself, not of the shell that holds it. */
    public long pid() {
        return process.descendants()
                .filter(descendant -> !descendant.info().command().orElse("").endsWith("sh"))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElseGet(process::pid);
    }

    /** Completes when it has ended. */
    CompletableFuture<?> onEnd() {
        return process.onExit();
    }

    /** Waits until it has ended, for as long as an orderly end may take. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String describeEnd() {
        var said = output();
        return name + " ended by itself. It said:\n" + said.substring(Math.max(0, said.length() - 2000));
    }

    /** What it printed, for whoever must explain why it ended. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return name + " wrote nothing that can be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
