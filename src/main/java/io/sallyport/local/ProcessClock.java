package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How much CPU a process of this machine has used, to the nanosecond (Linux, {@code schedstat}). */
record ProcessClock(long pid) {

    Duration cpuTime() {
        return Duration.ofNanos(
                threads().stream().mapToLong(ProcessClock::nanos).sum());
    }

    private List<Path> threads() {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static long nanos(Path thread) {
        try {
            String statistics = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(statistics.substring(0, statistics.indexOf(' ')));
        } catch (IOException ended) {
            return 0;
        }
    }
}
