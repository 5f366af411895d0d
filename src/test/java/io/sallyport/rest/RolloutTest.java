package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway without agents, whose rollouts go where people send them. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class RolloutTest {
    private static final String PATH = "/api/v1/namespaces/rolled/egress-gateways/internet";
    private static final String ROLLOUT = PATH + "/rollout";
    private static final String RULE = "/api/v1/namespaces/rolled/egress-rules/more";

    @BeforeEach
    void aGatewayWithAPolicyOfOneStepByHand() {
        Api.apply(Api.world("rolled", 233));
        Response ignored = Api.as("admin").delete(RULE);
        put("""
                [{cohort: {percentage: 10}, promotion: Manual}]""");
        // Else what comes may be what was there before it was taken away, which is no change.
        await().until(() ->
                phase().equals("Settled") && rollout().<Integer>path("stable").longValue() == Api.head());
    }

    @Test
    void peopleMoveItAndAreToldWhatMakesNoSense() {
        allowMore();
        await().until(() -> phase().equals("Progressing"));
        await().untilAsserted(
                        () -> assertThat(rollout().<String>path("waitingFor")).contains("somebody has to promote it"));
        assertThat(rollout().<String>path("waiting[0].name")).isEqualTo("more");
        int begun = rollout().path("candidate");
        String read = rollout().header("ETag");

        Response paused = Api.as("admin").header("Sallyport-Message", "lunch").post(ROLLOUT + "/pause");
        assertThat(paused.statusCode()).as(paused.asString()).isEqualTo(200);
        assertThat(paused.<String>path("reason")).isEqualTo("It was paused by admin: lunch");
        assertThat(paused.header("ETag")).isNotEqualTo(read);
        Api.assertProblem(Api.as("admin").header("If-Match", read).post(ROLLOUT + "/promote?all=true"), 412, "stale");
        Api.assertProblem(
                Api.as("admin").header("If-Match", "progressing").post(ROLLOUT + "/resume"), 400, "malformed-request");
        Api.assertProblem(Api.as("admin").post(ROLLOUT + "/pause"), 409, "conflict");
        assertThat(Api.as("admin")
                        .header("If-Match", paused.header("ETag"))
                        .post(ROLLOUT + "/abort")
                        .<String>path("phase"))
                .isEqualTo("Returned");
        Api.assertProblem(Api.as("admin").post(ROLLOUT + "/promote"), 409, "conflict");
        assertThat(Api.as("admin").post(ROLLOUT + "/promote?all=true").<String>path("phase"))
                .isEqualTo("Settled");
        Api.assertProblem(Api.as("admin").post(ROLLOUT + "/promote?all=yes"), 400, "malformed-request");

        assertThat(rollout().<List<String>>path("events.type")).endsWith("Started", "Paused", "Returned", "Completed");
        assertThat(Api.get("/api/v1/audit-events?namespace=rolled&kind=EgressGateway&limit=3")
                        .asString())
                .contains("was paused", "was aborted", "was promoted to all agents");
        assertThat(Api.get("/api/v1/audit-events?namespace=rolled&actor=sallyport&limit=1")
                        .<String>path("items[0].reason"))
                .isEqualTo("The rollout of revision %s was begun. Revision %s begins.".formatted(begun, begun));
    }

    @Test
    void eventsComeAsTheyHappen() throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + ROLLOUT).toURL().openConnection();
        connection.setRequestProperty("Accept", "text/event-stream");
        connection.setRequestProperty(
                "Authorization", "Bearer " + IssuerResource.issuer().userToken("admin"));
        connection.setReadTimeout(30_000);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(next(lines)).isEqualTo("event:start");
            allowMore();
            assertThat(next(lines)).isEqualTo("event:Started");
            Response ignored = Api.as("admin").post(ROLLOUT + "/promote");
            assertThat(next(lines)).isEqualTo("event:Completed");
            delete(RULE, RULE.replace("more", "checkout-to-billing"), PATH);
            assertThat(next(lines))
                    .as("its gateway is gone, and nothing was on its way")
                    .isEqualTo("null");
        } finally {
            connection.disconnect();
        }
    }

    private static void delete(String... paths) {
        for (String path : paths) {
            assertThat(Api.as("admin").delete(path).statusCode()).as(path).isEqualTo(204);
        }
    }

    private static String next(BufferedReader lines) throws IOException {
        // Signs of life come for as long as nothing happens.
        for (int read = 0; read < 200; read++) {
            String line = String.valueOf(lines.readLine());
            if (line.startsWith("event") || line.equals("null")) {
                return line.replace(": ", ":");
            }
        }
        return "nothing happened";
    }

    @Test
    void withoutAPolicyThereIsNoneAndItSaysHowToHaveOne() {
        assertThat(Api.apply(gateway("")).statusCode()).isEqualTo(200);

        Api.assertProblem(Api.get(ROLLOUT), 404, "not-found");
        assertThat(Api.get(ROLLOUT).<String>path("detail")).contains("spec.rollout");
        Api.assertProblem(Api.get(ROLLOUT.replace("internet", "nowhere")), 404, "not-found");
    }

    @Test
    void allThatIsWrongWithAPolicyIsToldAtOnce() {
        Response refused = Api.apply(gateway("""
                  rollout:
                    onFailure: Panic
                    steps:
                      - {cohort: {percentage: 50, selector: {}}}
                      - {cohort: {percentage: 30}, gates: {soak: 169h, timeout: 0s, maxRejected: -1}}
                      - {cohort: {percentage: 101}}
                """));

        Api.assertProblem(refused, 422, "invalid");
        assertThat(refused.<List<String>>path("errors.pointer"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/onFailure"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/steps/0/cohort"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/steps/1/gates/soak"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/steps/1/gates/timeout"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/steps/1/gates/maxRejected"))
                .anySatisfy(pointer -> assertThat(pointer).endsWith("/spec/rollout/steps/2/cohort/percentage"));
        Response shrinking = Api.apply(gateway("""
                  rollout: {steps: [{cohort: {percentage: 50}}, {cohort: {percentage: 50}}]}
                """));
        assertThat(shrinking.asString()).contains("reaches nobody more");
    }

    private static String phase() {
        return rollout().path("phase");
    }

    private static Response rollout() {
        return Api.get(ROLLOUT);
    }

    private static void put(String steps) {
        assertThat(Api.apply(gateway("  rollout: {steps: " + steps.strip() + "}\n"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String gateway(String rollout) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: rolled, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-rolled}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                """ + rollout;
    }

    private static void allowMore() {
        assertThat(Api.apply("""
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: rolled, name: more}
                spec:
                  gatewayRef: {name: internet}
                  tier: Admin
                  action: Allow
                  from: [{ipBlocks: [192.0.2.0/24]}]
                  to: [{destinationRef: {name: billing}}]
                """).statusCode()).isEqualTo(200);
    }
}
