package io.sallyport.local.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The table of docs/conformance.md: the last thing on that page. */
public final class Page {
    private static final String HEAD = "| manner |";

    private final Path file;

    public Page(Path file) {
        this.file = file;
    }

    /** The cells of each line but the head. */
    public List<List<String>> lines() {
        return text().stream()
                .dropWhile(line -> !line.startsWith(HEAD))
                .skip(2)
                .map(Page::cells)
                .toList();
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|", -1))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    /** Replaces the table by a column for each server. */
    public void write(SequencedMap<String, SequencedMap<Claim, Verdict>> byServer) {
        List<String> lines = new ArrayList<>(
                text().stream().takeWhile(line -> !line.startsWith(HEAD)).toList());
        lines.add(Table.of(byServer).stripTrailing());
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> text() {
        try {
            return Files.readAllLines(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
