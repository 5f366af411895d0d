package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class DryRunTest {

    @Test
    void whatIsTriedIsToldFieldByFieldAndNotWritten() {
        Api.apply(Api.world("tried", 40));
        long head = Api.head();
        String rule = "/api/v1/namespaces/tried/egress-rules/checkout-to-billing";

        Response put = Api.put(rule + "?dryRun=true", Api.get(rule).asString().replace("\"Allow\"", "\"Deny\""));

        assertThat(put.statusCode()).as(put.asString()).isEqualTo(200);
        assertThat(put.header("ETag")).isNull();
        assertThat(put.<String>path("spec.action")).isEqualTo("Deny");
        assertThat(put.<Integer>path("status.preview.base")).isEqualTo((int) head);
        assertThat(put.<List<Map<String, String>>>path("status.preview.changes[0].fields"))
                .containsExactly(Map.of("pointer", "/spec/action", "before", "Allow", "after", "Deny"));
        assertThat(Api.head()).isEqualTo(head);
        assertThat(Api.get(rule).<String>path("spec.action")).isEqualTo("Allow");
    }

    @Test
    void whoseRequestsAreRefusedAndWhatGatewaysGetIsTold() {
        Api.apply(Api.world("foreseen", 43));
        String rule = "/api/v1/namespaces/foreseen/egress-rules/checkout-to-billing";

        Response neutral = Api.as("admin").delete(rule + "?dryRun=true");
        Response envoy = Api.as("admin").delete(rule + "?dryRun=true&format=envoy&text=true");

        assertThat(neutral.<Integer>path("preview.flows.opened.count")).isZero();
        assertThat(neutral.<List<String>>path("preview.flows.closed.items.before"))
                .isNotEmpty()
                .containsOnly("foreseen/checkout-to-billing");
        assertThat(neutral.<List<String>>path("preview.flows.closed.items.after"))
                .containsOnly("sallyport/default-deny");
        assertThat(neutral.<List<Map<String, String>>>path("preview.workloads.items"))
                .containsExactly(Map.of("namespace", "foreseen", "name", "checkout"));
        assertThat(neutral.<List<String>>path("preview.gateways[0].config.type"))
                .contains("host", "source");
        assertThat(neutral.<List<String>>path("preview.gateways[0].connections.become"))
                .containsOnly("Keep");
        assertThat(envoy.<List<String>>path("preview.gateways[0].config.type"))
                .contains("EXTENSION_CONFIG")
                .doesNotContain("LISTENER");
        assertThat(envoy.<String>path("preview.gateways[0].config[0].text")).startsWith("@@ ");
    }

    @Test
    void aListenerThatMovesIsDrainedAndOneThatGoesIsClosed() {
        Api.apply(Api.world("drained", 44));
        String gateway = "/api/v1/namespaces/drained/egress-gateways/internet";

        Response moved = Api.put(
                gateway + "?dryRun=true", Api.get(gateway).asString().replaceFirst("\"port\":\\d+", "\"port\":9"));
        Response renamed = Api.put(
                gateway + "?dryRun=true",
                Api.get(gateway).asString().replaceFirst("\"name\":\"http\"", "\"name\":\"other\""));

        assertThat(renamed.<List<String>>path("status.preview.gateways[0].connections.become"))
                .as(renamed.asString())
                .contains("Close");
        assertThat(moved.<List<String>>path("status.preview.gateways[0].connections.become"))
                .as(moved.asString())
                .containsExactly("Drain");
    }

    @Test
    void aTrialIsRefusedAsTheWriteWouldBe() {
        Response unreadable = Api.put("/api/v1/namespaces/refused?dryRun=true", "spec: {scopes: {cidrs: [nonsense]}}");
        Response forbidden = Api.as("developer")
                .contentType("application/yaml")
                .body("{}")
                .put("/api/v1/namespaces/refused?dryRun=true");
        Response missing = Api.as("admin").delete("/api/v1/namespaces/refused?dryRun=true");
        Response doubtful = Api.put("/api/v1/namespaces/refused?dryRun=maybe", "{}");

        Api.assertProblem(unreadable, 422, "invalid");
        Api.assertProblem(forbidden, 403, "forbidden");
        Api.assertProblem(missing, 404, "not-found");
        Api.assertProblem(doubtful, 400, "malformed-request");
        Api.assertProblem(Api.get("/api/v1/namespaces/refused"), 404, "not-found");
    }

    @Test
    void applyAndDeleteCanBeTriedToo() {
        long head = Api.head();

        Response apply = Api.as("admin")
                .contentType("application/yaml")
                .body(Api.world("tried-whole", 41))
                .post("/api/v1/apply?dryRun=true");
        Api.apply(Api.world("tried-deletion", 42));
        Response delete = Api.as("admin")
                .delete("/api/v1/namespaces/tried-deletion/egress-rules/checkout-to-billing?dryRun=true");

        assertThat(apply.<Boolean>path("dryRun")).isTrue();
        assertThat(apply.<List<String>>path("items.result")).containsOnly("Created");
        assertThat(apply.<List<String>>path("preview.changes.change"))
                .hasSize(5)
                .containsOnly("Created");
        Api.assertProblem(Api.get("/api/v1/namespaces/tried-whole"), 404, "not-found");
        assertThat(delete.statusCode()).isEqualTo(200);
        assertThat(delete.<List<String>>path("preview.changes.change")).containsExactly("Deleted");
        assertThat(Api.head()).isEqualTo(head + 1);
    }

    @Test
    void aSecretIsNamedAsChangedAndNotShown() {
        Api.put("/api/v1/namespaces/tried-secret", "{}");
        String path = "/api/v1/namespaces/tried-secret/credentials/key";
        Api.put(path, "spec: {type: Token, data: {token: abracadabra}}");

        Response put = Api.put(path + "?dryRun=true", "spec: {type: Token, data: {token: opensesame}}");

        assertThat(put.<List<String>>path("status.preview.changes[0].fields.pointer"))
                .containsExactly("/spec/data/token");
        assertThat(put.asString()).doesNotContain("opensesame").doesNotContain("abracadabra");
    }
}
