package io.sallyport.conformance;

import static io.sallyport.conformance.Gate.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RequiresEnvoy;
import org.junit.jupiter.api.Test;

/** What we accept and Envoy refuses: a listener on a port that somebody else has. */
@RequiresEnvoy
class RejectedResourceIT {

    @Test
    void aRejectedListenerIsParkedAndAllElseGoesOn() {
        try (Gate gate = Gate.open();
                EchoUpstream occupant = EchoUpstream.start()) {
            gate.apply(GateDocuments.gatewayWithListener(gate.httpPort(), gate.tlsPort(), "occupied", occupant.port()));
            await().untilAsserted(() ->
                    assertThat(gate.agent().path("lastError").asText()).contains("occupied"));
            long refused = gate.stat("listener_manager.lds.update_rejected");
            assertThat(refused).isEqualTo(1);

            gate.apply(GateDocuments.ruleTo("live", "Deny"));
            await().untilAsserted(() ->
                    assertThat(gate.get(CHECKOUT, "live.example").body()).contains("shop/checkout-to-live"));
            gate.apply(gate.destination("later"), GateDocuments.ruleTo("later", "Allow"));
            gate.awaitStatus(CHECKOUT, "later.example", 200);

            assertThat(gate.stat("listener_manager.lds.update_rejected")).isEqualTo(refused);
            assertThat(gate.agent().path("lastError").asText()).contains("occupied");

            gate.apply(GateDocuments.gateway(gate.httpPort(), gate.tlsPort()));
            await().untilAsserted(() ->
                    assertThat(gate.agent().path("lastError").asText()).isEmpty());
        }
    }
}
