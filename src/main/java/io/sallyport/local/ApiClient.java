package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Speaks to the control plane's REST API as one caller. */
public record ApiClient(URI url, String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    public JsonNode get(String path) {
        return json(send(request(path).GET().build()));
    }

    void apply(String documents) {
        json(send(request("/api/v1/apply")
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(documents))
                .build()));
    }

    /** Many documents as one revision; says which. */
    public JsonNode apply(JsonNode documents) {
        return json(send(request("/api/v1/apply")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(documents.toString()))
                .build()));
    }

    JsonNode post(String path, String document) {
        return json(send(request(path)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build()));
    }

    JsonNode put(String path, String document) {
        return json(send(request(path)
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build()));
    }

    /** Missing where there is nothing. */
    JsonNode getIfThere(String path) {
        var response = send(request(path).GET().build());
        return response.statusCode() == 404 ? MissingNode.getInstance() : json(response);
    }

    /** Many documents as one revision, under a key, which history keeps too; whatever the answer is. */
    Answer applyOnce(String documents, String key) {
        var response = send(request("/api/v1/apply")
                .header("Content-Type", "application/yaml")
                .header("Idempotency-Key", key)
                .header("Sallyport-Message", key)
                .POST(HttpRequest.BodyPublishers.ofString(documents))
                .build());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Sallyport-Revision").orElse(""),
                response.headers().firstValue("Idempotency-Replayed").isPresent(),
                response.body());
    }

    /**
     * What a write was answered.
     *
     * @param revision empty where there is none
     * @param isReplayed whether it is the answer of an earlier request with that key
     */
    record Answer(int status, String revision, boolean isReplayed, String body) {}

    void deleteIfThere(String path) {
        var response = send(request(path).DELETE().build());
        if (response.statusCode() >= 400 && response.statusCode() != 404) {
            throw failed(response);
        }
    }

    /** A page that is not JSON. */
    String text(String path) {
        var response =
                send(request(path).setHeader("Accept", "text/plain").GET().build());
        if (response.statusCode() >= 400) {
            throw failed(response);
        }
        return response.body();
    }

    /** Whether a page is there and well. */
    boolean answers(String path) {
        try {
            return send(request(path).GET().build()).statusCode() < 400;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json, text/html;q=0.5")
                .header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() >= 400) {
            throw failed(response);
        }
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandException failed(HttpResponse<String> response) {
        return new CommandException(
                response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return HttpCall.send(HTTP, request);
    }
}
