package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.domain.FailureException;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** From an address of its own, so that no other test is slowed down. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class StrangersTest {
    private static final String ADDRESS = "127.0.0.77";

    @Inject
    StrangerRates rates;

    @Test
    void whoShowsNoGoodTokenIsSlowedDownAndNobodyElse() throws Exception {
        String token = "Bearer " + IssuerResource.issuer().userToken("admin");
        assertThat(answer("/api/v1/me", "Bearer none")).contains(" 401 ");

        Thread others = Thread.ofVirtual().start(this::useUp);
        try {
            for (String path : List.of("/api/v1/me", "/q/openapi")) {
                await().untilAsserted(() -> assertThat(answer(path, "Bearer none"))
                        .contains(" 429 ", "problems/too-many-requests", "Retry-After: 1", "An address without"));
            }
            assertThat(answer("/api/v1/me", token)).contains(" 200 ");
            assertThat(answer("/q/health", "Bearer none")).contains(" 200 ");
        } finally {
            others.interrupt();
            others.join();
        }
    }

    // What the address may ask is used as fast as it comes back, however slow this machine is.
    private void useUp() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                rates.take(ADDRESS);
            } catch (FailureException busy) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private static String answer(String path, String authorization) {
        try (Socket socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), RestAssured.port, InetAddress.ofLiteral(ADDRESS), 0)) {
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
