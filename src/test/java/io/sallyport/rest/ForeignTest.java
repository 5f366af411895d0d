package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody of namespace north is told of south, and of the gateway's namespace that both leave by. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ForeignTest {
    private static final String WORLD = """
            apiVersion: sallyport.io/v1
            kind: Namespace
            metadata: {name: front}
            ---
            apiVersion: sallyport.io/v1
            kind: EgressGateway
            metadata: {namespace: front, name: gate}
            spec: {allowedNamespaces: {from: All}, addressPolicy: {permit: [127.0.0.0/8]}, listeners: [{name: http, port: 10090, protocol: HTTP}]}
            ---
            apiVersion: sallyport.io/v1
            kind: EgressRule
            metadata: {namespace: front, name: keep-out}
            spec: {gatewayRef: {name: gate}, tier: Admin, action: Deny, from: [{ipBlocks: [10.79.1.66/32]}], to: [{destinationSelector: {matchLabels: {to: all}}}]}
            ---
            apiVersion: sallyport.io/v1
            kind: RoleBinding
            metadata: {namespace: north, name: norths}
            spec: {role: security, subjects: [{group: norths}]}
            ---
            apiVersion: sallyport.io/v1
            kind: RoleBinding
            metadata: {namespace: front, name: fronts}
            spec: {role: operator, subjects: [{group: fronts}]}
            """;
    private static final String TEAM = """
            ---
            apiVersion: sallyport.io/v1
            kind: Namespace
            metadata: {name: TEAM}
            spec: {scopes: {cidrs: [10.79.NUMBER.0/24]}}
            ---
            apiVersion: sallyport.io/v1
            kind: Destination
            metadata: {namespace: TEAM, name: goods, labels: {to: all}}
            spec: {hosts: [goods.TEAM.example], ports: [{number: 80, protocol: HTTP}], visibility: [front, OTHER]}
            ---
            apiVersion: sallyport.io/v1
            kind: Destination
            metadata: {namespace: TEAM, name: vault}
            spec: {hosts: [vault.TEAM.example], ports: [{number: 80, protocol: HTTP}]}
            ---
            apiVersion: sallyport.io/v1
            kind: Workload
            metadata: {namespace: TEAM, name: app}
            spec: {labels: {app: app}, identities: [{cidr: 10.79.NUMBER.2/32}]}
            ---
            apiVersion: sallyport.io/v1
            kind: EgressRule
            metadata: {namespace: TEAM, name: fetch}
            spec: {gatewayRef: {namespace: front, name: gate}, action: Allow, from: [{workloadSelector: {}}], to: [{destinationRef: {namespace: OTHER, name: goods}}]}
            """;

    @BeforeEach
    void write() {
        Response applied = Api.apply(WORLD
                + TEAM.replace("TEAM", "north").replace("NUMBER", "1").replace("OTHER", "south")
                + TEAM.replace("TEAM", "south").replace("NUMBER", "2").replace("OTHER", "north"));
        assertThat(applied.statusCode()).as(applied.asString()).isEqualTo(200);
    }

    private static RequestSpecification of(String group) {
        String token = IssuerResource.issuer().token(Map.of("sub", group, "groups", List.of(group)));
        return Api.anonymous().auth().oauth2(token).contentType("application/yaml");
    }

    private static Response explain(String group, String source, String host) {
        return of(group)
                .body("{gateway: {namespace: front, name: gate}, source: %s, host: %s}".formatted(source, host))
                .post("/api/v1/explain");
    }

    @Test
    void ofAForeignRuleExplainTellsTheTierAlone() {
        Response answer = explain("norths", "{address: 10.79.1.66}", "goods.north.example");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<Map<String, Object>>path("answers[0].rule"))
                .isEqualTo(Map.of("tier", "Admin", "foreign", true));
        assertThat(answer.<String>path("answers[0].decidedBy")).isEqualTo("(foreign, tier Admin)");
        assertThat(answer.asString()).doesNotContain("keep-out");
        assertThat(explain("fronts", "{address: 10.79.1.66}", "goods.north.example")
                        .<String>path("answers[0].rule.name"))
                .isEqualTo("keep-out");
    }

    @Test
    void aForeignDestinationIsToldWhereItsOwnerLetsOneUseIt() {
        Response usable = explain("norths", "{workload: {namespace: north, name: app}}", "goods.south.example");
        Response closed = explain("norths", "{workload: {namespace: north, name: app}}", "vault.south.example");

        assertThat(usable.<String>path("answers[0].destination.name")).isEqualTo("goods");
        assertThat(usable.<String>path("answers[0].decidedBy")).isEqualTo("north/fetch");
        assertThat(closed.<Map<String, Object>>path("answers[0].destination")).isEqualTo(Map.of("foreign", true));
        assertThat(closed.asString()).doesNotContain("vault\"").doesNotContain("\"south");
    }

    @Test
    void nobodyAsksWhatSourcesOfOthersMay() {
        Api.assertProblem(
                explain("norths", "{workload: {namespace: south, name: app}}", "goods.north.example"),
                403,
                "forbidden");
        Api.assertProblem(explain("norths", "{address: 10.79.2.2}", "goods.north.example"), 403, "forbidden");
        assertThat(explain("fronts", "{address: 10.79.2.2}", "goods.north.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aGatewayThatIsNeitherReadNorUsedIsNotExplained() {
        Api.put("/api/v1/namespaces/back", "{}");
        Api.put(
                "/api/v1/namespaces/back/egress-gateways/gate",
                "spec: {listeners: [{name: http, port: 10091, protocol: HTTP}]}");

        Response refused = of("norths")
                .body("{gateway: {namespace: back, name: gate}, source: {address: 10.79.1.2}, host: a.example}")
                .post("/api/v1/explain");

        Api.assertProblem(refused, 403, "forbidden");
        assertThat(refused.<String>path("detail")).contains("in namespace back");
    }

    @Test
    void aRefusalDoesNotSayWhoseItIs() {
        Response conflict = of("norths")
                .body("spec: {hosts: [vault.south.example], ports: [{number: 80, protocol: HTTP}]}")
                .put("/api/v1/namespaces/north/destinations/mine");
        Response used = of("norths").delete("/api/v1/namespaces/north/destinations/goods");

        Api.assertProblem(conflict, 422, "invalid");
        assertThat(conflict.<String>path("errors[0].reason")).isEqualTo("HostConflict");
        assertThat(conflict.asString()).contains("(foreign)").doesNotContain("south/");
        Api.assertProblem(used, 409, "conflict");
        assertThat(used.asString()).contains("(foreign, tier Namespace)").doesNotContain("south/");
    }

    @Test
    void theHistoryShowsWhatMayBeRead() {
        Response both = Api.as("admin")
                .header("Sallyport-Message", "south asked for it")
                .contentType("application/yaml")
                .body("""
                        {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: north, name: both}, spec: {labels: {n: "%1$d"}}}
                        ---
                        {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: south, name: both}, spec: {labels: {n: "%1$d"}}}
                        """.formatted(System.nanoTime()))
                .post("/api/v1/apply");
        String revision = "/api/v1/revisions/" + both.header("Sallyport-Revision");

        Response seen = of("norths").get(revision);

        assertThat(seen.<List<String>>path("changes.namespace")).containsExactly("north");
        assertThat(seen.<String>path("author")).isEqualTo("admin");
        assertThat(seen.<String>path("message")).isEmpty();
        assertThat(of("norths").get("/api/v1/revisions?limit=500").asString()).doesNotContain("south");
        assertThat(of("norths").get(revision + "/diff").asString()).doesNotContain("south");
        assertThat(of("norths").get(revision + "/state").asString())
                .doesNotContain("\"namespace\":\"south\",\"name\":\"both");
    }

    @Test
    void aSnapshotIsForOperatorsOfTheGateway() {
        String snapshot = "/api/v1/namespaces/front/egress-gateways/gate/snapshot";

        assertThat(of("fronts").get(snapshot).statusCode()).isEqualTo(200);
        Api.assertProblem(of("norths").get(snapshot), 403, "forbidden");
        assertThat(Api.as("viewer").get(snapshot).statusCode()).isEqualTo(200);
    }
}
