package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;

/** A gateway without agents with a change on its way, which stays where people send it. */
final class RolledGateway {
    private static final String NAMESPACE = "every-order";
    private static final String ROLLOUT = "/api/v1/namespaces/%s/egress-gateways/internet/rollout".formatted(NAMESPACE);

    private RolledGateway() {}

    /** An order that makes sense now. */
    static Write.Call order(String order) {
        bringTo(order.equals("resume") ? "Paused" : "Progressing");
        return new Write.Call("POST", ROLLOUT + "/" + order, "", "");
    }

    private static void bringTo(String wanted) {
        if (Api.get(ROLLOUT).statusCode() == 404) {
            begin();
        }
        String phase = phase();
        if (!phase.equals(wanted)) {
            Response moved = Api.as("admin").post(ROLLOUT + (phase.equals("Progressing") ? "/pause" : "/resume"));
            assertThat(moved.<String>path("phase")).as(moved.asString()).isEqualTo(wanted);
        }
    }

    private static void begin() {
        assertThat(Api.apply(Api.world(NAMESPACE, 234).replace("spec:\n  agentSelector", """
                spec:
                  rollout:
                    steps:
                      - {cohort: {percentage: 10}, promotion: Manual}
                      - {cohort: {percentage: 20}, promotion: Manual}
                  agentSelector"""))
                        .statusCode())
                .isEqualTo(200);
        // Else what comes is what was there when the policy came, which is no change.
        await().until(() -> phase().equals("Settled")
                && Api.get(ROLLOUT).<Integer>path("stable").longValue() == Api.head());
        assertThat(Api.put("/api/v1/namespaces/%s/egress-rules/more".formatted(NAMESPACE), """
                spec:
                  gatewayRef: {name: internet}
                  tier: Admin
                  action: Allow
                  from: [{ipBlocks: [192.0.2.0/24]}]
                  to: [{destinationRef: {name: billing}}]
                """)
                        .statusCode())
                .isEqualTo(201);
        await().until(() -> phase().equals("Progressing"));
    }

    private static String phase() {
        return Api.get(ROLLOUT).path("phase");
    }
}
