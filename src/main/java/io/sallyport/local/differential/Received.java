package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an upstream saw of a request.
 *
 * @param headers by their names in lower case; what came several times, with commas between
 */
record Received(String method, String authority, String path, SortedMap<String, String> headers) {
    /** The header by which upstreams tell it. */
    static final String HEADER = "x-saw";

    private static final ObjectMapper JSON = new ObjectMapper();

    Received {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** One more value of a header. */
    static void put(SortedMap<String, String> headers, String name, String value) {
        headers.merge(name, value, (one, other) -> one + "," + other);
    }

    /** As the value of a header. */
    String encoded() {
        ObjectNode node = JSON.createObjectNode()
                .put("method", method)
                .put("authority", authority)
                .put("path", path);
        ObjectNode fields = node.putObject("headers");
        headers.forEach(fields::put);
        try {
            return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(node));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Received decoded(String text) {
        try {
            JsonNode node = JSON.readTree(new String(Base64.getDecoder().decode(text), UTF_8));
            SortedMap<String, String> headers = new TreeMap<>();
            node.path("headers")
                    .properties()
                    .forEach(one -> headers.put(one.getKey(), one.getValue().asText()));
            return new Received(
                    node.path("method").asText(),
                    node.path("authority").asText(),
                    node.path("path").asText(),
                    headers);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
