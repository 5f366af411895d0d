package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How much CPU a PostgreSQL has used, all of its processes, those that ended too (Linux, {@code /proc}; in hundredths). */
record PostgresClock(long postmaster) {
    private static final int HUNDREDTHS_A_SECOND = 100;
    private static final int FIRST_OF_CPU = 11;

    static PostgresClock of(Path data) {
        try {
            return new PostgresClock(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Duration cpuTime() {
        LongStream living = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(child -> hundredths(child.pid(), 2));
        long all = LongStream.concat(living, LongStream.of(hundredths(postmaster, 4)))
                .sum();
        return Duration.ofMillis(all * 1000 / HUNDREDTHS_A_SECOND);
    }

    // User and system; of children that ended too, where four are asked for.
    private static long hundredths(long pid, int numbers) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            List<String> fields =
                    Arrays.asList(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
            return fields.subList(FIRST_OF_CPU, FIRST_OF_CPU + numbers).stream()
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }
}
