package io.sallyport.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends all that an {@code up} started, whether its launcher still lives or was killed. */
final class Down {

    // The launcher ends its children in order and needs longer than any of them.
    private static final Duration LAUNCHER = Duration.ofSeconds(40);
    private static final Duration CHILD = Duration.ofSeconds(10);

    private Down() {}

    @SuppressWarnings("SystemOut")
    static int run() {
        System.out.println(stop() ? "Sallyport is down." : "Nothing was up.");
        return 0;
    }

    /** False where nothing was left to stop. */
    static boolean stop() {
        var record = RunRecord.read();
        if (record.isEmpty()) {
            return false;
        }
        var processes = record.get().processes();
        end(processes.stream().limit(1).toList(), LAUNCHER);
        end(processes.stream().skip(1).toList(), CHILD);
        LocalPostgres.stopLeftover(record.get().data().resolve("postgres"));
        RunRecord.delete();
        EnvironmentFile.delete();
        return true;
    }

    private static void end(List<RunRecord.Entry> entries, Duration patience) {
        var alive = entries.stream().flatMap(entry -> entry.alive().stream()).toList();
        alive.forEach(ProcessHandle::destroy);
        var gone = alive.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(gone).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            alive.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
