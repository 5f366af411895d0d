package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ListsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labelSelector=team=pay | a,c",
                "labelSelector=team!=pay | b",
                "labelSelector=stage in (live,test),team | c",
                "labelSelector=!stage | a,b",
                "fieldSelector=metadata.name=b | b",
                "fieldSelector=spec.resolution=Static | c",
                "fieldSelector=spec.hosts=a.chosen.example | a",
                "fieldSelector=spec.resolution!=Static&labelSelector=team=pay | a",
            })
    void listsAreSelected(String query, String names) {
        Api.apply("""
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: chosen}}
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: chosen, name: a, labels: {team: pay}}
                spec: {hosts: [a.chosen.example], ports: [{number: 80, protocol: HTTP}]}
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: chosen, name: b}
                spec: {hosts: [b.chosen.example], ports: [{number: 80, protocol: HTTP}]}
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: chosen, name: c, labels: {team: pay, stage: live}}
                spec: {hosts: [c.chosen.example], ports: [{number: 80, protocol: HTTP}], resolution: Static, endpoints: [{address: 192.0.2.1}]}
                """).then().statusCode(200);

        Response response = Api.get("/api/v1/namespaces/chosen/destinations?" + query);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.<List<String>>path("items.metadata.name")).containsExactly(names.split(","));
    }

    @Test
    void aWalkSeesOneStateWhateverIsWrittenMeanwhile() {
        workloads("walked", "a", "b", "c", "d");
        String path = "/api/v1/namespaces/walked/workloads?limit=2";

        Response first = Api.get(path);
        Api.as("admin").delete("/api/v1/namespaces/walked/workloads/c").then().statusCode(204);
        workloads("walked", "bb", "e");
        Response second = Api.get(path + "&continue=" + first.path("continue"));

        assertThat(first.<List<String>>path("items.metadata.name")).containsExactly("a", "b");
        assertThat(second.<List<String>>path("items.metadata.name")).containsExactly("c", "d");
        assertThat(second.<Integer>path("revision")).isEqualTo(first.path("revision"));
        assertThat(second.<String>path("continue")).isNull();
        assertThat(Api.get("/api/v1/namespaces/walked/workloads").<List<String>>path("items.metadata.name"))
                .containsExactly("a", "b", "bb", "d", "e");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        workloads("cursors", "a", "b");
        String cursor = Api.get("/api/v1/namespaces/cursors/workloads?limit=1").path("continue");

        for (String path : new String[] {
            "/api/v1/namespaces/cursors/destinations?continue=" + cursor,
            "/api/v1/namespaces/cursors/workloads?labelSelector=a&continue=" + cursor,
            "/api/v1/namespaces/cursors/workloads?revision=1&continue=" + cursor,
            "/api/v1/namespaces/cursors/workloads?continue=x" + cursor
        }) {
            Api.assertProblem(Api.get(path), 400, "malformed-request");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "egress-gateways",
                "destinations",
                "workloads",
                "egress-rules",
                "traffic-routes",
                "security-policies",
                "credentials",
                "role-bindings",
                "guardrails",
                "approval-policies"
            })
    void everyKindIsListedAcrossNamespaces(String kind) {
        workloads("across-a", "one");
        workloads("across-b", "two");

        Response response = Api.get("/api/v1/" + kind + "?fields=metadata.namespace&limit=500");

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        if (kind.equals("workloads")) {
            assertThat(response.<List<String>>path("items.metadata.namespace"))
                    .containsSubsequence("across-a", "across-b");
        }
    }

    @Test
    void fieldsAreThinnedOut() {
        Api.apply(Api.world("thinned", 160)).then().statusCode(200);

        Response one = Api.get("/api/v1/namespaces/thinned/destinations/billing?fields=spec.ports.number,kind");
        Response none = Api.get("/api/v1/namespaces/thinned/destinations/billing?fields=spec.nothing");

        assertThat(one.<Map<String, ?>>path("$"))
                .isEqualTo(Map.of("kind", "Destination", "spec", Map.of("ports", List.of(Map.of("number", 80)))));
        assertThat(none.<Map<String, ?>>path("$")).isEqualTo(Map.of("spec", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', application/json",
        "application/json, '', application/json",
        "application/yaml, '', application/yaml",
        "*/*, kind, application/vnd.sallyport.part+json",
        "application/json, kind, application/vnd.sallyport.part+json",
        "application/vnd.sallyport.part+json, kind, application/vnd.sallyport.part+json",
        "application/yaml, kind, application/vnd.sallyport.part+yaml",
        "application/vnd.sallyport.part+yaml, kind, application/vnd.sallyport.part+yaml",
        "application/vnd.sallyport.part+json, '', application/vnd.sallyport.part+json",
        "'application/json, application/yaml, application/vnd.sallyport.part+json', kind, application/vnd.sallyport.part+json",
    })
    void aPartIsNotSaidToBeAWhole(String accepted, String fields, String said) {
        Api.put("/api/v1/namespaces/parts", "{}");
        String query = fields.isEmpty() ? "" : "?fields=" + fields;

        for (String path : List.of("/api/v1/namespaces/parts", "/api/v1/namespaces", "/api/v1/revisions/1/state")) {
            Response response = Api.as("admin")
                    .accept(accepted.isEmpty() ? "*/*" : accepted)
                    .get(path + query);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.contentType()).as(path).startsWith(said);
            assertThat(response.asString().startsWith("{")).isEqualTo(said.endsWith("json"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?labelSelector=a in b",
                "?fieldSelector=spec.tier=Admin",
                "?fieldSelector=metadata.name",
                "?fields=nothing",
                "?fields=spec..hosts",
                "?fields=",
                "?limit=501",
                "?labelselector=a",
            })
    void whatCannotBeSelectedIsRefused(String query) {
        Response response = Api.get("/api/v1/namespaces/any/destinations" + query);

        Api.assertProblem(response, 400, "malformed-request");
    }

    @Test
    void whoHasItAlreadyIsNotSentItAgain() {
        Api.put("/api/v1/namespaces/held", "{}").then().statusCode(201);
        String path = "/api/v1/namespaces/held";
        String tag = Api.get(path).header("ETag");

        Response held =
                Api.as("viewer").header("If-None-Match", "\"1\", W/" + tag).get(path);
        Api.put(path, "metadata: {labels: {a: b}}").then().statusCode(200);
        Response changed = Api.as("viewer").header("If-None-Match", tag).get(path);

        assertThat(held.statusCode()).isEqualTo(304);
        assertThat(held.header("ETag")).isEqualTo(tag);
        assertThat(held.asString()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    private static void workloads(String namespace, String... names) {
        Api.put("/api/v1/namespaces/" + namespace, "{}");
        for (String name : names) {
            Api.put("/api/v1/namespaces/%s/workloads/%s".formatted(namespace, name), "spec: {}")
                    .then()
                    .statusCode(anyOf(is(200), is(201)));
        }
    }
}
