package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class GuardrailTest {

    @Test
    void noWayOfWritingGetsPastAGuardrailAndWhatBreaksItIsNamed() {
        Api.apply(Api.world("railed", 201));
        String rule = "/api/v1/namespaces/railed/egress-rules/checkout-to-billing";
        String guardrail = "/api/v1/namespaces/railed/guardrails/stays-open";
        assertThat(Api.put(guardrail, """
                        spec:
                          assert: Always
                          flows:
                            from: [{ipBlocks: [10.77.201.2/32]}]
                            to: [{destinationRef: {name: billing}}]
                        """).statusCode()).isEqualTo(201);
        long head = Api.head();

        Response denied = Api.put(rule, Api.get(rule).asString().replace("\"Allow\"", "\"Deny\""));
        Response deleted = Api.as("admin").delete(rule);
        Response tried = Api.as("admin").delete(rule + "?dryRun=true");
        Response orphaned = Api.as("admin").delete("/api/v1/namespaces/railed/destinations/billing");

        Api.assertProblem(denied, 422, "invalid");
        assertThat(denied.<List<String>>path("errors.reason")).containsExactly("GuardrailViolated");
        assertThat(denied.<String>path("errors[0].message"))
                .isEqualTo("guardrail railed/stays-open does not hold: GET billing.railed.example:80 by 10.77.201.2 at"
                        + " listener 'http' of gateway railed/internet is refused by railed/checkout-to-billing");
        Api.assertProblem(deleted, 409, "conflict");
        assertThat(deleted.<String>path("detail")).contains("guardrail railed/stays-open does not hold");
        Api.assertProblem(tried, 409, "conflict");
        Api.assertProblem(orphaned, 409, "conflict");
        assertThat(Api.head()).isEqualTo(head);
        assertThat(Api.as("admin").delete(guardrail).statusCode()).isEqualTo(204);
        assertThat(Api.as("admin").delete(rule).statusCode()).isEqualTo(204);
    }

    @Test
    void onlyTheAdministratorOfAllWritesOne() {
        Api.apply(Api.world("unrailed", 202));

        Response security = Api.as("security")
                .contentType("application/yaml")
                .body("spec: {assert: Never, flows: {methods: [POST]}}")
                .put("/api/v1/namespaces/unrailed/guardrails/mine");

        Api.assertProblem(security, 403, "forbidden");
        assertThat(security.<String>path("detail")).contains("write a Guardrail");
    }

    @Test
    void oneThatWarnsSaysWhetherItHoldsWheneverItIsRead() {
        Api.apply(Api.world("warned", 203));

        Response put = Api.put("/api/v1/namespaces/warned/guardrails/nothing", """
                spec:
                  assert: Never
                  severity: Warn
                  flows: {to: [{hosts: ["*.warned.example"]}]}
                """);

        assertThat(put.<List<String>>path("status.warnings.reason")).contains("GuardrailViolated");
        assertThat(Api.get("/api/v1/namespaces/warned/guardrails/nothing").<List<String>>path("status.warnings.reason"))
                .containsExactly("GuardrailViolated");
    }
}
