package io.sallyport.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fetches tokens from a running local issuer. */
record IssuerClient(URI issuerUri) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    URI tokenUri() {
        return URI.create(issuerUri + "/token");
    }

    /** The issuer gives its key to whoever asks first, so readiness is asked of its key set. */
    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(URI.create(issuerUri + "/jwks")).build())
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String userToken(String name) {
        return token(
                "grant_type=password&client_id=sallyport-cli&client_secret=local&password=local&scope=openid&username="
                        + encode(name));
    }

    String clientToken(String clientId) {
        return token("grant_type=client_credentials&client_secret=local&scope=sallyport&client_id=" + encode(clientId));
    }

    private String token(String form) {
        var response = send(HttpRequest.newBuilder(tokenUri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "the local issuer gave no token: " + response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body()).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return HttpCall.send(HTTP, request);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
