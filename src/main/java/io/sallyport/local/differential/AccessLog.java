package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an Envoy wrote of each request, as it is written. */
final class AccessLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, JsonNode> lines = new HashMap<>();
    private long read;
    private Instant since = Instant.EPOCH;

    AccessLog(Path file) {
        this.file = file;
    }

    /** The line of a request by where it was made from, once it is written. */
    Optional<JsonNode> line(Attempt attempt, int sourcePort) {
        return Optional.ofNullable(lines.get(
                key(attempt.listener().value(), attempt.peer().address().value(), sourcePort)));
    }

    void forget() {
        readOn();
        lines.clear();
        since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Takes in what was written since. */
    void readOn() {
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(read);
            byte[] bytes = new byte[Math.toIntExact(input.length() - read)];
            input.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            text.substring(0, end).lines().forEach(this::take);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void take(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            // Of a port that is used again, and whose first use nobody waited to be told of.
            if (Instant.parse(entry.path("time").asText()).isBefore(since)) {
                return;
            }
            String key = key(
                    entry.path("listener").asText(),
                    entry.path("source").asText().replaceAll("[\\[\\]]", ""),
                    entry.path("sourcePort").asInt());
            // A connection that comes to a bad end has a line of its own, which says nothing of its request.
            lines.merge(key, entry, (one, other) -> isOfRequest(one) ? one : other);
        } catch (IOException notALine) {
            throw new UncheckedIOException(notALine);
        }
    }

    private static boolean isOfRequest(JsonNode entry) {
        return !entry.path("reason").asText().equals("handshake");
    }

    private static String key(String listener, String source, int port) {
        return listener + " " + source + " " + port;
    }
}
