package io.sallyport.conformance;

import static io.sallyport.conformance.Gate.CHECKOUT;
import static io.sallyport.conformance.Gate.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TlsProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule, from a REST call to a real Envoy that obeys it. */
@RequiresEnvoy
class EnvoyIT {
    private static Gate gate;

    @BeforeAll
    static void open() {
        gate = Gate.open();
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    @Test
    void anAllowedRequestReachesTheUpstream() {
        var answer = gate.get(CHECKOUT, "billing.example");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("GET /hello HTTP/1.1").contains("billing.example");
    }

    @Test
    void whoHasNoRuleIsRefusedByDefault() {
        var answer = gate.get(STRANGER, "billing.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"rule\":\"sallyport/default-deny\"");
    }

    @Test
    void aDenialNamesItsRule() {
        var answer = gate.get(CHECKOUT, "ads.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"rule\":\"shop/no-ads\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BILLING.Example", "billing.example:80", "billing.example.", "billing.example.:80"})
    void aHostIsTheSameInAnyCaseWithPortOrTrailingDot(String authority) {
        assertThat(gate.get(CHECKOUT, authority).status()).isEqualTo(200);
        assertThat(gate.get(STRANGER, authority).body()).contains("sallyport/default-deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADS.example", "ads.example:80", "ads.example.", "Ads.Example.:80"})
    void aDenialIsNotDodgedByAnotherSpelling(String authority) {
        assertThat(gate.get(CHECKOUT, authority).body()).contains("\"rule\":\"shop/no-ads\"");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.example, sallyport/unknown-destination",
        "example, sallyport/unknown-destination",
        "billing.example:81, sallyport/default-deny",
        "billing.example.., sallyport/malformed-host",
        "user@billing.example, sallyport/malformed-host",
        "billing.example:, sallyport/malformed-host",
        "%62illing.example, sallyport/malformed-host",
        "'billing.example,ads.example', sallyport/malformed-host"
    })
    void whatIsUnknownOrMalformedIsRefusedByItsName(String authority, String rule) {
        var answer = gate.get(CHECKOUT, authority);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"rule\":\"" + rule + "\"");
    }

    @Test
    void twoHostHeadersAreMalformed() {
        try (var http = RawHttp.connect(CHECKOUT, gate.httpPort())) {
            var answer = http.get("billing.example", "Host: ads.example");

            assertThat(answer.status()).isIn(400, 403);
        }
    }

    @Test
    void aForgedInternalHeaderOpensNothing() {
        String everyClass =
                gate
                        .api()
                        .get("/api/v1/namespaces/edge/egress-gateways/internet/snapshot")
                        .findValuesAsText("id")
                        .stream()
                        .collect(Collectors.joining("|", "|", "|"));
        assertThat(everyClass).matches("\\|(c[0-9a-f]{12}\\|)+");

        try (var http = RawHttp.connect(STRANGER, gate.httpPort())) {
            var answer = http.get(
                    "billing.example",
                    "x-sallyport-identities: " + everyClass,
                    "x-sallyport-addresses: " + everyClass,
                    "x-sallyport-destination: 0/billing.example:80");

            assertThat(answer.body()).contains("sallyport/default-deny");
        }
    }

    @Test
    void aSpoofedForwardedAddressIsNobody() {
        try (var http = RawHttp.connect(STRANGER, gate.httpPort())) {
            var answer = http.get("billing.example", "X-Forwarded-For: " + CHECKOUT, "X-Real-IP: " + CHECKOUT);

            assertThat(answer.body()).contains("sallyport/default-deny");
        }
    }

    @Test
    void nothingOfOursAndNoAddressReachesTheUpstream() {
        try (var http = RawHttp.connect(CHECKOUT, gate.httpPort())) {
            var answer = http.get("billing.example", "X-Forwarded-For: 203.0.113.9");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toLowerCase(Locale.ROOT))
                    .doesNotContain("x-sallyport", "x-forwarded", "x-envoy", "x-request-id", CHECKOUT);
            assertThat(answer.head().toLowerCase(Locale.ROOT)).doesNotContain("x-envoy", "server: envoy");
        }
    }

    @Test
    void aTlsConnectionPassesByItsSni() {
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "billing.example")).isTrue();
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "BILLING.example")).isTrue();
    }

    @Test
    void aRefusedTlsConnectionNeverReachesTheUpstream() {
        int before = gate.tlsUpstream().connections();

        assertThat(TlsProbe.passes(STRANGER, gate.tlsPort(), "billing.example")).isFalse();
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "ads.example")).isFalse();
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "nobody.example")).isFalse();
        assertThat(TlsProbe.passesWithoutSni(CHECKOUT, gate.tlsPort())).isFalse();

        assertThat(gate.tlsUpstream().connections()).isEqualTo(before);
    }

    @Test
    void anEditIsObeyedOnAConnectionThatIsKeptAlive() {
        try (var http = RawHttp.connect(CHECKOUT, gate.httpPort())) {
            assertThat(http.get("live.example").status()).isEqualTo(200);

            gate.apply(GateDocuments.ruleTo("live", "Deny"));
            await().pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() ->
                            assertThat(http.get("live.example").body()).contains("\"rule\":\"shop/checkout-to-live\""));

            gate.apply(GateDocuments.ruleTo("live", "Allow"));
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> http.get("live.example").status() == 200);
        }
    }

    @Test
    void anAddedDestinationIsReachedAndARemovedOneIsUnknown() {
        gate.apply(gate.destination("later"), GateDocuments.ruleTo("later", "Allow"));
        gate.awaitStatus(CHECKOUT, "later.example", 200);

        gate.delete("egress-rules/checkout-to-later");
        gate.delete("destinations/later");
        await().untilAsserted(() ->
                assertThat(gate.get(CHECKOUT, "later.example").body()).contains("sallyport/unknown-destination"));
    }

    @Test
    void theStreamLivesThoughEnvoyPingsEveryTwoSeconds() {
        var connected = Instant.parse(gate.agent().path("connectedAt").asText());

        await().until(() -> Instant.now().isAfter(connected.plusSeconds(9)));

        assertThat(gate.agent().path("connectedAt").asText()).isEqualTo(connected.toString());
        assertThat(gate.stat("cluster.sallyport.upstream_cx_destroy_remote_with_active_rq"))
                .isZero();
    }
}
