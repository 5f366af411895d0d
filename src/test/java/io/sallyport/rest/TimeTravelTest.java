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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class TimeTravelTest {

    @Test
    void everythingIsReadAsItWas() {
        long before = made("past-reads", 150);
        String rule = "/api/v1/namespaces/past-reads/egress-rules/checkout-to-billing";
        String snapshot = "/api/v1/namespaces/past-reads/egress-gateways/internet/snapshot";
        Api.as("admin").delete(rule).then().statusCode(204);

        Response gone = Api.get(rule);
        Response there = Api.get(rule + "?revision=" + before);
        Response list = Api.get("/api/v1/namespaces/past-reads/egress-rules?revision=" + before);
        String rules = "listeners[0].hosts[0].ports[0].rules.name";

        Api.assertProblem(gone, 404, "not-found");
        assertThat(there.<String>path("metadata.name")).isEqualTo("checkout-to-billing");
        assertThat(list.<List<String>>path("items.metadata.name")).containsExactly("checkout-to-billing");
        assertThat(list.<Integer>path("revision")).isEqualTo((int) before);
        assertThat(Api.get(snapshot).<List<String>>path(rules)).isEmpty();
        assertThat(Api.get(snapshot + "?revision=" + before).<List<String>>path(rules))
                .containsExactly("past-reads/checkout-to-billing");
        assertThat(explained("past-reads", before)).isEqualTo("Allow");
        assertThat(explained("past-reads", Api.head())).isEqualTo("Deny");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces?revision=%d",
                "/api/v1/namespaces/a?revision=%d",
                "/api/v1/namespaces/a/egress-gateways/b/snapshot?revision=%d",
                "/api/v1/revisions/%d",
                "/api/v1/revisions/%d/state",
                "/api/v1/revisions/%d/diff",
                "/api/v1/revisions/1/diff?against=%d",
            })
    void aRevisionThatIsNotThereIsRefusedWithTheNewest(String path) {
        made("unknown-revision", 151);
        long head = Api.head();

        Response response = Api.get(path.formatted(head + 1000));

        Api.assertProblem(response, 404, "not-found");
        assertThat(response.<String>path("detail")).contains("the newest is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces?revision=x",
                "/api/v1/namespaces?revision=-1",
                "/api/v1/namespaces?revision=1&revision=1",
                "/api/v1/namespaces?revisoin=1",
                "/api/v1/namespaces/a?limit=1",
                "/api/v1/revisions/x",
                "/api/v1/revisions/1/state?kind=Nothing",
                "/api/v1/revisions/1/state?namespace=No_Label",
                "/api/v1/revisions/1/state?continue=nonsense",
                "/api/v1/revisions/1/diff?format=nginx",
                "/api/v1/revisions?since=yesterday",
                "/api/v1/revisions?limit=0",
            })
    void aQueryThatSaysNothingIsRefused(String path) {
        Api.assertProblem(Api.get(path), 400, "malformed-request");
    }

    @Test
    void theHistoryIsCountedAndFiltered() {
        long first = made("history-a", 152);
        Api.put("/api/v1/namespaces/history-a", "metadata: {labels: {team: pay}}")
                .then()
                .statusCode(200);
        Api.as("admin")
                .delete("/api/v1/namespaces/history-a/egress-rules/checkout-to-billing")
                .then()
                .statusCode(204);

        Response all = Api.get("/api/v1/revisions?namespace=history-a");
        Response rules = Api.get("/api/v1/revisions?namespace=history-a&kind=EgressRule&name=checkout-to-billing");
        Response page = Api.get("/api/v1/revisions?namespace=history-a&limit=2");
        Response rest = Api.get("/api/v1/revisions?namespace=history-a&limit=2&before=" + page.path("before"));

        assertThat(all.<List<Map<String, Integer>>>path("items.counts"))
                .containsExactly(counts(0, 0, 1), counts(0, 1, 0), counts(5, 0, 0));
        assertThat(all.<List<String>>path("items[2].changes.action")).containsOnly("Created");
        assertThat(rules.<List<List<String>>>path("items.changes.action"))
                .extracting(List::getFirst)
                .containsExactly("Deleted", "Created");
        assertThat(page.<List<Integer>>path("items.revision")).hasSize(2);
        assertThat(rest.<List<Integer>>path("items.revision")).containsExactly((int) first);
        assertThat(Api.get("/api/v1/revisions?author=nobody").<List<?>>path("items"))
                .isEmpty();
        assertThat(Api.get("/api/v1/revisions?until=2020-01-01T00:00:00Z").<List<?>>path("items"))
                .isEmpty();
    }

    @Test
    void aStateIsReadInPagesByKindAndNamespace() {
        long revision = made("whole-state", 153);
        String path = "/api/v1/revisions/%d/state?namespace=whole-state".formatted(revision);

        Response first = Api.get(path + "&limit=3&fields=kind,metadata.name");
        Response second = Api.get(path + "&limit=3&continue=" + first.path("continue"));
        Response workloads = Api.get(path + "&kind=Workload");

        assertThat(first.<List<Map<String, ?>>>path("items"))
                .first()
                .isEqualTo(Map.of("kind", "Namespace", "metadata", Map.of("name", "whole-state")));
        assertThat(first.<List<String>>path("items.kind")).containsExactly("Namespace", "EgressGateway", "Destination");
        assertThat(second.<List<String>>path("items.kind")).containsExactly("Workload", "EgressRule");
        assertThat(second.<String>path("continue")).isNull();
        assertThat(workloads.<List<String>>path("items.metadata.name")).containsExactly("checkout");
        assertThat(Api.get("/api/v1/revisions/0/state").<List<?>>path("items")).isEmpty();
    }

    @Test
    void revisionsAreComparedFieldByFieldAndInTheWordsOfEnvoy() {
        made("compared", 154);
        String path = "/api/v1/namespaces/compared/destinations/billing";
        Api.put(
                        path,
                        "spec: {hosts: [billing.compared.example], ports: [{number: 80, protocol: HTTP, targetPort: 8080}]}")
                .then()
                .statusCode(200);
        long after = Api.head();

        Response fields = Api.get("/api/v1/revisions/%d/diff".formatted(after));
        Response back = Api.get("/api/v1/revisions/%d/diff?against=%d".formatted(after - 1, after));
        Response neutral = Api.get("/api/v1/revisions/%d/diff?format=neutral".formatted(after));
        Response envoy = Api.get("/api/v1/revisions/%d/diff?format=envoy".formatted(after));

        assertThat(fields.<List<String>>path("changes.name")).containsExactly("billing");
        assertThat(fields.<List<Map<String, Object>>>path("changes[0].fields"))
                .containsExactly(Map.of("pointer", "/spec/ports/0/targetPort", "before", 80, "after", 8080));
        assertThat(back.<List<Map<String, Object>>>path("changes[0].fields"))
                .containsExactly(Map.of("pointer", "/spec/ports/0/targetPort", "before", 8080, "after", 80));
        assertThat(envoy.<List<String>>path("gateways.gateway.namespace")).startsWith("compared");
        assertThat(envoy.<List<String>>path("gateways[0].config.name"))
                .contains("compared/billing/80/billing.compared.example");
        assertThat(envoy.asString()).contains("8080");
        assertThat(neutral.<List<String>>path("gateways.gateway.name")).startsWith("internet");
        assertThat(Api.get("/api/v1/revisions/%d/diff?against=%d".formatted(after, after))
                        .<List<?>>path("changes"))
                .isEmpty();
    }

    @Test
    void secretsAreComparedAndNotShown() {
        Api.put("/api/v1/namespaces/past-secrets", "{}");
        String path = "/api/v1/namespaces/past-secrets/credentials/key";
        Api.put(path, "spec: {type: Token, data: {token: first-secret}}").then().statusCode(201);
        Api.put(path, "spec: {type: Token, data: {token: second-secret}}")
                .then()
                .statusCode(200);

        String diff = Api.get("/api/v1/revisions/%d/diff".formatted(Api.head())).asString();
        String state = Api.get("/api/v1/revisions/%d/state?namespace=past-secrets".formatted(Api.head()))
                .asString();

        assertThat(diff).contains("/spec/data/token", "[redacted]").doesNotContain("first-secret", "second-secret");
        assertThat(state).contains("\"key\"").doesNotContain("first-secret", "second-secret");
    }

    @Test
    void aRestoreIsARevisionThatLeavesSecretsAlone() {
        long wanted = made("restored", 155);
        Api.as("admin")
                .delete("/api/v1/namespaces/restored/egress-rules/checkout-to-billing")
                .then()
                .statusCode(204);
        Api.put("/api/v1/namespaces/restored/workloads/later", "spec: {}")
                .then()
                .statusCode(201);
        Api.put("/api/v1/namespaces/restored/credentials/key", "spec: {type: Token, data: {token: secret}}")
                .then()
                .statusCode(201);
        long before = Api.head();

        Response tried = Api.as("admin").post("/api/v1/revisions/%d/restore?dryRun=true".formatted(wanted));
        long still = Api.head();
        Response restored = Api.as("admin").post("/api/v1/revisions/%d/restore".formatted(wanted));
        Response again = Api.as("admin").post("/api/v1/revisions/%d/restore".formatted(wanted));

        assertThat(tried.statusCode()).as(tried.asString()).isEqualTo(200);
        assertThat(still).isEqualTo(before);
        assertThat(restored.<Integer>path("revision")).isEqualTo((int) before + 1);
        assertThat(restored.<List<String>>path("items.result")).containsExactlyInAnyOrder("Created", "Deleted");
        assertThat(restored.<List<String>>path("left.name")).containsExactly("key");
        assertThat(Api.get("/api/v1/namespaces/restored/egress-rules").<List<String>>path("items.metadata.name"))
                .containsExactly("checkout-to-billing");
        assertThat(Api.get("/api/v1/namespaces/restored/credentials").<List<String>>path("items.metadata.name"))
                .containsExactly("key");
        assertThat(Api.get("/api/v1/revisions/%d".formatted(before + 1)).<String>path("message"))
                .isEqualTo("restored revision " + wanted);
        assertThat(again.<Integer>path("revision")).isEqualTo((int) before + 1);
        assertThat(again.<List<?>>path("items")).isEmpty();
    }

    @Test
    void aRestoreThatChecksWouldRefuseIsRefused() {
        Api.apply(Api.world("refused-restore", 156)).then().statusCode(200);
        String world = "/api/v1/namespaces/refused-restore";
        Api.put(world + "/credentials/key", "spec: {type: Token, data: {token: secret}}")
                .then()
                .statusCode(201);
        Api.put(world + "/security-policies/injects", """
                        spec:
                          targetRefs: [{kind: Destination, name: billing}]
                          credentialInjection: {credentialRef: {name: key}, header: x-api-key}
                        """).then().statusCode(201);
        long wanted = Api.head();
        Api.as("admin").delete(world + "/security-policies/injects").then().statusCode(204);
        Api.as("admin").delete(world + "/credentials/key").then().statusCode(204);
        long head = Api.head();

        Response response = Api.as("admin").post("/api/v1/revisions/%d/restore".formatted(wanted));

        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<List<String>>path("errors.pointer"))
                .containsExactly("/SecurityPolicy/refused-restore/injects/spec/credentialInjection/credentialRef");
        assertThat(Api.head()).isEqualTo(head);
        Api.assertProblem(Api.as("viewer").post("/api/v1/revisions/%d/restore".formatted(wanted)), 403, "forbidden");
    }

    private static long made(String namespace, int number) {
        Api.apply(Api.world(namespace, number)).then().statusCode(200);
        return Api.head();
    }

    private static Map<String, Integer> counts(int created, int replaced, int deleted) {
        return Map.of("created", created, "replaced", replaced, "deleted", deleted);
    }

    private static String explained(String namespace, long revision) {
        return Api.as("viewer")
                .contentType("application/yaml")
                .body("""
                        gateway: {namespace: NS, name: internet}
                        source: {workload: {namespace: NS, name: checkout}}
                        host: billing.NS.example
                        """.replace("NS", namespace))
                .post("/api/v1/explain?revision=" + revision)
                .path("answers[0].action");
    }
}
