package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From an address of its own, so that no other test is slowed down. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class StrangersTest {
    private static final int MORE_THAN_THE_BURST = 2_000;

    @Test
    void whoShowsNoGoodTokenIsSlowedDownAndNobodyElse() throws Exception {
        List<String> answers = IntStream.range(0, MORE_THAN_THE_BURST)
                .mapToObj(ignored -> answer("/api/v1/me", "Bearer none"))
                .takeWhile(answer -> answer.contains(" 401 "))
                .toList();
        String slowed = answer("/q/openapi", "Bearer none");
        String token = "Bearer " + IssuerResource.issuer().userToken("admin");

        assertThat(answers).hasSizeBetween(200, MORE_THAN_THE_BURST - 1);
        assertThat(slowed).contains(" 429 ", "problems/too-many-requests", "Retry-After: 1", "An address without");
        assertThat(answer("/api/v1/me", token)).contains(" 200 ");
        assertThat(answer("/q/health", "Bearer none")).contains(" 200 ");
    }

    private static String answer(String path, String authorization) {
        try (Socket socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), RestAssured.port, InetAddress.ofLiteral("127.0.0.77"), 0)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, authorization)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
