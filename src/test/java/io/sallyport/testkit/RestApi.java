package io.sallyport.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** The control plane's API, as one caller uses it who expects to be obeyed. */
public record RestApi(URI url, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public JsonNode get(String path) {
        return answer(request(path).GET().build());
    }

    public JsonNode apply(String yaml) {
        return answer(request("/api/v1/apply")
                .header("content-type", "application/yaml")
                .POST(BodyPublishers.ofString(yaml))
                .build());
    }

    public void delete(String path) {
        answer(request(path).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("accept", "application/json")
                .header("authorization", "Bearer " + token);
    }

    private static JsonNode answer(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s answered %d: %s".formatted(request.uri(), response.statusCode(), response.body()));
            }
            return new ObjectMapper().readTree(response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
