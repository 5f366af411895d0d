package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ExplainTest {
    private static final String INQUIRY = """
            gateway: {namespace: explained, name: internet}
            source: {workload: {namespace: explained, name: checkout}}
            host: BILLING.explained.example.
            """;
    private static final String DENIAL = """
            resources:
              - apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: explained, name: closed}
                spec:
                  gatewayRef: {name: internet}
                  tier: Admin
                  action: Deny
                  from: [{ipBlocks: [10.77.60.0/24]}]
                  to: [{destinationRef: {name: billing}}]
            """;

    @BeforeEach
    void write() {
        assertThat(Api.apply(Api.world("explained", 60)).statusCode()).isEqualTo(200);
    }

    private static Response explain(String inquiry) {
        return Api.as("viewer").contentType("application/yaml").body(inquiry).post("/api/v1/explain");
    }

    @Test
    void saysWhichRuleDecidesAndWhereItLeads() {
        Response answer = explain(INQUIRY);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<List<String>>path("answers.listener")).containsExactly("http");
        assertThat(answer.<String>path("answers[0].action")).isEqualTo("Allow");
        assertThat(answer.<String>path("answers[0].decidedBy")).isEqualTo("explained/checkout-to-billing");
        assertThat(answer.<String>path("answers[0].rule.tier")).isEqualTo("Namespace");
        assertThat(answer.<String>path("answers[0].source.identity")).isEqualTo("10.77.60.2");
        assertThat(answer.<String>path("answers[0].destination.host")).isEqualTo("billing.explained.example");
        assertThat(answer.<Integer>path("answers[0].destination.port")).isEqualTo(80);
        assertThat(answer.<String>path("answers[0].destination.tls.mode")).isEqualTo("None");
        assertThat(answer.<List<?>>path("agents")).isEmpty();
    }

    @Test
    void saysWhyARuleWasPassedOver() {
        Response answer =
                explain(INQUIRY.replace("{workload: {namespace: explained, name: checkout}}", "{address: 10.77.60.3}"));

        assertThat(answer.<String>path("answers[0].action")).isEqualTo("Deny");
        assertThat(answer.<String>path("answers[0].decidedBy")).isEqualTo("sallyport/default-deny");
        assertThat(answer.<String>path("answers[0].code")).isEqualTo("default-deny");
        assertThat(answer.<String>path("answers[0].passedOver[0].name")).isEqualTo("checkout-to-billing");
        assertThat(answer.<String>path("answers[0].passedOver[0].why")).isEqualTo("NotTheSource");
    }

    @Test
    void saysWhatTheSourceGetsToSee() {
        assertThat(explain(INQUIRY).<String>path("answers[0].reply.from")).isEqualTo("Destination");
        Response refused =
                explain(INQUIRY.replace("{workload: {namespace: explained, name: checkout}}", "{address: 10.77.60.3}"));
        assertThat(refused.<Integer>path("answers[0].reply.status")).isEqualTo(403);
        assertThat(refused.<String>path("answers[0].reply.code")).isEqualTo("default-deny");
    }

    @Test
    void judgesTheAddressesThatANameMayResolveTo() {
        Response answer = explain(INQUIRY + """
                resources:
                  - apiVersion: sallyport.io/v1
                    kind: Destination
                    metadata: {namespace: explained, name: billing}
                    spec:
                      hosts: [billing.explained.example]
                      ports: [{number: 80, protocol: HTTP}]
                      resolution: Dynamic
                resolvedAddresses: ["10.1.2.3", "::ffff:203.0.113.1"]
                """);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<String>path("answers[0].decidedBy")).isEqualTo("sallyport/address-policy");
        assertThat(answer.<String>path("answers[0].admittedBy")).isEqualTo("explained/checkout-to-billing");
        assertThat(answer.<List<String>>path("answers[0].destination.addresses.judgement"))
                .containsExactly("RefusedByGateway", "NotAskedFor");
        assertThat(answer.<Integer>path("answers[0].reply.status")).isEqualTo(403);
    }

    @Test
    void refusesWhatNoListenerReads() {
        assertThat(explain(INQUIRY + "tunnel: {carries: Other}\n").<List<String>>path("errors.pointer"))
                .containsExactly("/listener");
        assertThat(explain(INQUIRY + "listener: http\ntunnel: {carries: Other}\n")
                        .<List<String>>path("errors.pointer"))
                .containsExactly("/tunnel");
        assertThat(explain(INQUIRY + "tunnel: {carries: Other, serverName: x}\n")
                        .<List<String>>path("errors.pointer"))
                .containsExactly("/tunnel/serverName");
    }

    @Test
    void decidesAsIfUnsavedResourcesWereThere() {
        long head = Api.head();

        Response answer = explain(INQUIRY + DENIAL);

        assertThat(answer.<String>path("answers[0].decidedBy")).isEqualTo("explained/closed");
        assertThat(answer.<List<String>>path("answers[0].passedOver.why")).containsExactly("LowerInOrder");
        assertThat(answer.<Integer>path("revision")).isEqualTo((int) head + 1);
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void refusesUnsavedResourcesThatCouldNotBeWritten() {
        Response answer =
                explain(INQUIRY + DENIAL.replace("destinationRef: {name: billing}", "destinationRef: {name: gone}"));

        Api.assertProblem(answer, 422, "invalid");
        assertThat(answer.<String>path("errors[0].pointer")).startsWith("/resources/0/spec/to/0");
    }

    @Test
    void decidesAtAPastRevision() {
        long before = Api.head();
        String later =
                DENIAL.replaceFirst("resources:\n", "").replaceFirst("  - ", "").replaceAll("(?m)^ {4}", "");
        assertThat(Api.apply(later.replace("name: closed", "name: later")).statusCode())
                .isEqualTo(200);

        Response now = explain(INQUIRY);
        Response then = explain(INQUIRY + "revision: %d%n".formatted(before));
        Api.as("admin").delete("/api/v1/namespaces/explained/egress-rules/later");

        assertThat(now.<String>path("answers[0].decidedBy")).isEqualTo("explained/later");
        assertThat(then.<String>path("answers[0].decidedBy")).isEqualTo("explained/checkout-to-billing");
        assertThat(then.<Integer>path("revision")).isEqualTo((int) before);
    }

    @Test
    void listsAllThatThereIsNot() {
        Response answer = explain("""
                gateway: {namespace: explained, name: gone}
                source: {workload: {namespace: explained, name: nobody}}
                host: x.example
                """);

        Api.assertProblem(answer, 422, "invalid");
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/gateway", "/source/workload", "/source/address");
        assertThat(explain(INQUIRY + "listener: gone\n").<List<String>>path("errors.pointer"))
                .containsExactly("/listener");
    }

    @Test
    void listsAllThatIsMalformed() {
        Response answer = explain("""
                gateway: {name: internet}
                source: {address: nonsense, token: {issuer: i}, certificate: {uriSans: [1], fault: Odd}}
                http: {serverName: 7}
                tunnel: {carries: Fish, serverName: x}
                resolvedAddresses: [one]
                port: 0
                time: yesterday
                horse: 1
                """);

        Api.assertProblem(answer, 422, "invalid");
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder(
                        "/gateway/namespace",
                        "/source/address",
                        "/source/token/subject",
                        "/source/certificate/uriSans/0",
                        "/source/certificate/fault",
                        "/http/serverName",
                        "/tunnel",
                        "/tunnel/carries",
                        "/resolvedAddresses/0",
                        "/port",
                        "/time",
                        "/horse");
    }

    @Test
    void anybodyWhoMayReadMayAsk() {
        assertThat(Api.anonymous()
                        .contentType("application/yaml")
                        .body(INQUIRY)
                        .post("/api/v1/explain")
                        .statusCode())
                .isEqualTo(401);
    }
}
