package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.sallyport.testkit.IssuerResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** Reads server-sent events as an EventSource does. */
final class EventReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpResponse<Stream<String>> response;
    private final Iterator<String> lines;

    private EventReader(HttpResponse<Stream<String>> response) {
        this.response = response;
        lines = response.body().iterator();
    }

    /** As the administrator. */
    static EventReader open(String query, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/watch%s".formatted(RestAssured.port, query)))
                .header("Authorization", "Bearer " + IssuerResource.issuer().userToken("admin"))
                .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            return new EventReader(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next event of that name, whatever comes between. */
    Event next(String name) {
        Event event = next();
        while (!event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    private Event next() {
        Map<String, String> fields = new HashMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(": ");
            fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
        try {
            return new Event(
                    fields.getOrDefault("event", ""),
                    fields.getOrDefault("id", ""),
                    new ObjectMapper().readTree(fields.getOrDefault("data", "")));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public void close() {
        response.body().close();
    }

    record Event(String name, String id, JsonNode data) {}
}
