package io.sallyport.conformance;

import static io.sallyport.conformance.Gate.CHECKOUT;
import static io.sallyport.conformance.Gate.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TlsProbe;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The control plane stops, and comes back. */
@RequiresEnvoy
class ControlPlaneAwayIT {
    private static final List<String> UPDATES = List.of(
            "cluster_manager.cds.update_success",
            "listener_manager.lds.update_success",
            "extension_config_discovery.*config_reload",
            "extension_config_discovery.*update_success",
            "http.http.rds.http.config_reload",
            "http.http.rds.http.update_success");

    // One for all: to start a control plane takes longer than to ask what is asked here.
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
    void envoyGoesOnAndTheReturnSendsNothing() {
        gate.apply(GateDocuments.ruleTo("live", "Allow"));
        gate.awaitStatus(CHECKOUT, "live.example", 200);
        String acknowledged = acknowledged();
        List<Long> before = updates().toList();
        assertThat(before).as("counters that Envoy has").allMatch(count -> count > 0);

        gate.stopControlPlane();
        assertThat(gate.get(CHECKOUT, "billing.example").status()).isEqualTo(200);
        assertThat(gate.get(STRANGER, "billing.example").status()).isEqualTo(403);
        gate.restartControlPlane();
        await().untilAsserted(() -> assertThat(acknowledged()).isEqualTo(acknowledged));

        assertThat(updates()).containsExactlyElementsOf(before);
        gate.apply(GateDocuments.ruleTo("live", "Deny"));
        await().untilAsserted(() ->
                assertThat(gate.get(CHECKOUT, "live.example").body()).contains("shop/checkout-to-live"));
    }

    @Test
    void aRuleAndAnExceptionEndMeanwhileAndTheReturnRecordsThatTheyDid() {
        Instant expiry = Instant.now().plusSeconds(12);
        gate.apply(
                GateDocuments.ruleUntil("live", expiry.toString()),
                GateDocuments.unverified("unproven", gate.tlsUpstream().port(), expiry.toString()));
        gate.awaitAcknowledgement();
        assertThat(gate.get(CHECKOUT, "unproven.example").status()).isEqualTo(200);
        assertThat(gate.get(CHECKOUT, "live.example").status()).isEqualTo(200);
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "live.example")).isTrue();

        gate.stopControlPlane();
        assertThat(Instant.now()).isBefore(expiry);
        assertThat(gate.get(CHECKOUT, "live.example").status()).isEqualTo(200);
        await().until(() -> gate.get(CHECKOUT, "live.example").status() == 403);
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
        assertThat(gate.get(CHECKOUT, "live.example").body()).contains("sallyport/default-deny");
        assertThat(TlsProbe.passes(CHECKOUT, gate.tlsPort(), "live.example")).isFalse();
        assertThat(gate.get(CHECKOUT, "billing.example").status()).isEqualTo(200);
        assertThat(gate.get(CHECKOUT, "unproven.example").body()).contains("\"code\":\"exception-over\"");

        gate.restartControlPlane();
        await().untilAsserted(() -> assertThat(newestRevision())
                .startsWith("sallyport: ")
                .contains("shop/checkout-to-live expired at %s".formatted(expiry), "shop/unproven"));
        await().untilAsserted(() ->
                assertThat(gate.get(CHECKOUT, "unproven.example").body()).contains("\"code\":\"upstream-tls\""));
        assertThat(gate.get(CHECKOUT, "live.example").status()).isEqualTo(403);
        assertThat(gate.stat(".*update_rejected")).isZero();
    }

    private static String newestRevision() {
        JsonNode newest = gate.api().get("/api/v1/revisions").at("/items/0");
        return newest.path("author").asText() + ": " + newest.path("message").asText();
    }

    private static String acknowledged() {
        return await().until(() -> gate.agent().at("/acknowledged/version").asText(), version -> !version.isEmpty());
    }

    private static Stream<Long> updates() {
        return UPDATES.stream().map(gate::stat);
    }
}
