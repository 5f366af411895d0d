package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code .sallyport/run}: the launcher and its processes, by number and start, so that they are found after a kill. */
record RunRecord(Path data, List<Entry> processes) {

    /** The start tells the process from a later one of the same number. */
    record Entry(String name, long pid, Instant started) {

        static Entry of(String name, long pid) {
            var started = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().startInstant())
                    .orElse(Instant.EPOCH);
            return new Entry(name, pid, started);
        }

        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().startInstant().equals(Optional.of(started)));
        }
    }

    RunRecord {
        processes = List.copyOf(processes);
    }

    private static Path file() {
        return Checkout.state().resolve("run");
    }

    static Optional<RunRecord> read() {
        try {
            var lines = Files.readAllLines(file());
            var entries = new ArrayList<Entry>();
            for (var line : lines.subList(1, lines.size())) {
                var words = line.split(" ", 3);
                entries.add(new Entry(words[2], Long.parseLong(words[0]), Instant.parse(words[1])));
            }
            return Optional.of(new RunRecord(Path.of(lines.getFirst()), entries));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    RunRecord with(String name, long pid) {
        var more = new ArrayList<>(processes);
        more.add(Entry.of(name, pid));
        var next = new RunRecord(data, more);
        next.write();
        return next;
    }

    static void delete() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        var text = new StringBuilder(data + "\n");
        for (var entry : processes) {
            text.append("%d %s %s%n".formatted(entry.pid(), entry.started(), entry.name()));
        }
        try {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
