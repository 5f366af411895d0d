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
    private static final int MOST_RETRIES = 6;

    @Test
    void aRejectedListenerIsParkedAndAllElseGoesOn() {
        try (Gate gate = Gate.open();
                EchoUpstream occupant = EchoUpstream.start()) {
            gate.apply(GateDocuments.gatewayWithListener(gate.httpPort(), gate.tlsPort(), "occupied", occupant.port()));
            await().untilAsserted(() ->
                    assertThat(gate.agent().path("lastError").asText()).contains("occupied"));
            long refused = gate.stat("listener_manager.lds.update_rejected");
            assertThat(refused).isEqualTo(1);
            await().untilAsserted(() -> assertThat(gate.conditions("edge", "egress-gateways", "internet"))
                    .contains("RejectedByAgent", "cannot bind"));

            gate.apply(GateDocuments.ruleTo("live", "Deny"));
            await().untilAsserted(() ->
                    assertThat(gate.get(CHECKOUT, "live.example").body()).contains("shop/checkout-to-live"));
            gate.apply(gate.destination("later"), GateDocuments.ruleTo("later", "Allow"));
            gate.awaitStatus(CHECKOUT, "later.example", 200);

            // That a port is taken may pass, so it is tried again now and then.
            assertThat(gate.stat("listener_manager.lds.update_rejected")).isLessThan(refused + MOST_RETRIES);
            assertThat(gate.agent().path("lastError").asText()).contains("occupied");

            gate.apply(GateDocuments.gateway(gate.httpPort(), gate.tlsPort()));
            await().untilAsserted(() ->
                    assertThat(gate.agent().path("lastError").asText()).isEmpty());
        }
    }
}
