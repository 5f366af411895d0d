package io.sallyport.local.replicas;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The REST API of replicas that may be away at any moment. */
final class Api {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final String token;

    Api(String token) {
        this.token = token;
    }

    /** Empty where nobody answered in time: then nobody knows whether it was done. */
    Optional<HttpResponse<String>> put(Replica replica, String path, String document) {
        return send(request(replica, path)
                .header("Content-Type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build());
    }

    Optional<HttpResponse<String>> delete(Replica replica, String path) {
        return send(request(replica, path).DELETE().build());
    }

    Optional<HttpResponse<String>> get(Replica replica, String path) {
        return send(request(replica, path).GET().build());
    }

    private HttpRequest.Builder request(Replica replica, String path) {
        return HttpRequest.newBuilder(replica.url().resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException nobody) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
