package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RestApi;
import io.sallyport.testkit.StoppablePostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two real Envoys of one gateway, one of them a canary whose runtime takes smaller expressions, so that it refuses what
 * passes our checks. They share a port, so that the access log says which of them a request came to.
 */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(StoppablePostgresResource.class)
@WithTestResource(IssuerResource.class)
class RolloutIT {
    private static final String SOURCE = "127.0.0.2";
    private static final String CANARY = "metadata: {labels: {track: canary}}";
    private static final String STRICT =
            "layers:\n  - {name: strict, static_layer: {re2.max_program_size.error_level: 40}}";
    private static final String LARGE = "/(one|two|three|four|five|six|seven|eight|nine|ten)/[a-z]+/(x|y|z){1,4}/end";

    private final EchoUpstream upstream = EchoUpstream.start();
    private final int port = Ports.free();
    private EnvoyProcess canary;
    private EnvoyProcess edge;

    @BeforeEach
    void start() {
        api().apply("""
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: staged}
                spec: {scopes: {cidrs: [127.0.0.2/32]}}
                """ + gateway("") + destination("parts") + destination("mail") + rule("mail", "Allow"));
        canary = envoy("canary-1", CANARY, STRICT);
        edge = envoy("edge-1", "", "layers:");
        await().ignoreExceptions().until(() -> isAnswered(canary, "mail", 200) && isAnswered(edge, "mail", 200));
        api().apply(gateway("""
                  rollout:
                    steps:
                      - {cohort: {selector: {matchLabels: {track: canary}}}, promotion: Manual}
                """));
        await().until(() -> rollout().path("phase").asText().equals("Settled"));
    }

    @AfterEach
    void stop() {
        canary.close();
        edge.close();
        upstream.close();
    }

    @Test
    void aChangeIsWithTheCanaryFirstADenialWithAllAndARefusalIsReturned() {
        api().apply(rule("parts", "Allow"));
        await().until(() -> isAnswered(canary, "parts", 200));
        await().untilAsserted(() -> assertThat(rollout().path("waitingFor").asText())
                .isEqualTo("The gates are passed; somebody has to promote it."));
        await().until(() -> isAnswered(edge, "parts", 403));
        assertThat(rollout().at("/cohort/effective").asInt()).isEqualTo(1);
        assertThat(programmed("parts")).contains("1/2", "rollout step 1 of 1", "edge-1");

        api().apply(rule("mail", "Deny"));
        await().untilAsserted(() -> assertThat(programmed("mail")).contains("\"reason\":\"Programmed\"", "2/2"));
        await().until(() -> isAnswered(canary, "mail", 403) && isAnswered(edge, "mail", 403));
        assertThat(rollout().path("phase").asText()).isEqualTo("Progressing");
        assertThat(lines(edge, "parts", 200)).isZero();

        order("promote");
        await().until(() -> isAnswered(edge, "parts", 200));
        await().untilAsserted(() -> assertThat(programmed("parts")).contains("\"reason\":\"Programmed\"", "2/2"));

        api().apply(route());
        await().untilAsserted(() -> assertThat(rollout().path("phase").asText()).isEqualTo("Returned"));
        assertThat(rollout().path("reason").asText()).contains("canary-1", "program size");
        await().until(() -> Stream.of(canary, edge).allMatch(envoy -> goesOn(envoy, "parts", 200)));
        await().untilAsserted(
                        () -> assertThat(rollout().at("/cohort/total").asInt()).isZero());
        assertThat(rollout().findValuesAsText("type")).containsExactly("Started", "Completed", "Started", "Returned");
    }

    /** Asks once, and says whether this one ever answered so. */
    private boolean isAnswered(EnvoyProcess envoy, String name, int status) {
        int ignored = RawHttp.get(SOURCE, port, name + ".staged.example").status();
        return lines(envoy, name, status) > 0;
    }

    private boolean goesOn(EnvoyProcess envoy, String name, int status) {
        long before = lines(envoy, name, status);
        await().until(() -> RawHttp.get(SOURCE, port, name + ".staged.example").status() == status
                && lines(envoy, name, status) > before);
        return true;
    }

    private static long lines(EnvoyProcess envoy, String name, int status) {
        return envoy.accessLog()
                .lines()
                .filter(line -> line.contains(name + ".staged.example") && line.contains("\"status\":" + status))
                .count();
    }

    private static JsonNode rollout() {
        return api().get("/api/v1/namespaces/staged/egress-gateways/exit/rollout");
    }

    private static void order(String order) {
        int status = RestAssured.given()
                .auth()
                .oauth2(IssuerResource.issuer().userToken("admin"))
                .post("/api/v1/namespaces/staged/egress-gateways/exit/rollout/" + order)
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private static String programmed(String rule) {
        return api().get("/api/v1/namespaces/staged/egress-rules/to-" + rule)
                .at("/status/conditions")
                .toString();
    }

    private String gateway(String rollout) {
        return """
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: staged, name: exit}
                spec:
                  agentSelector: {identities: [{clientId: gateway-internet}]}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  listeners:
                    - {name: http, address: 127.0.0.1, port: %d, protocol: HTTP}
                """.formatted(port) + rollout;
    }

    private String destination(String name) {
        return """
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: staged, name: %s}
                spec:
                  hosts: [%s.staged.example]
                  ports: [{number: 80, protocol: HTTP, targetPort: %d}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                """.formatted(name, name, upstream.port());
    }

    private static String rule(String name, String action) {
        return """
                ---
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: staged, name: to-%s}
                spec:
                  gatewayRef: {name: exit}
                  action: %s
                  from: [{ipBlocks: [127.0.0.2/32]}]
                  to: [{destinationRef: {name: %s}}]
                """.formatted(name, action, name);
    }

    private static String route() {
        return """
                apiVersion: sallyport.io/v1
                kind: TrafficRoute
                metadata: {namespace: staged, name: large}
                spec:
                  parentRefs: [{kind: Destination, name: parts}]
                  rules:
                    - {matches: [{path: {type: RegularExpression, value: "%s"}}], backends: [{destinationRef: {name: parts}}]}
                    - {backends: [{destinationRef: {name: parts}}]}
                """.formatted(LARGE);
    }

    private static RestApi api() {
        int http = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return new RestApi(
                URI.create("http://127.0.0.1:" + http), IssuerResource.issuer().userToken("admin"));
    }

    private static EnvoyProcess envoy(String node, String metadata, String runtime) {
        try {
            Path folder = Files.createTempDirectory("sallyport-rollout");
            int grpc = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
            Path bootstrap = new BootstrapFile(
                            "staged/exit",
                            "gateway-internet",
                            "127.0.0.1:" + grpc,
                            IssuerResource.issuer().tokenUri())
                    .write(folder, "local");
            String other = Files.readString(bootstrap).replaceFirst("id: \\S+", "id: " + node + "\n  " + metadata);
            Files.writeString(bootstrap, other.replaceFirst("layers:", runtime));
            return EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
