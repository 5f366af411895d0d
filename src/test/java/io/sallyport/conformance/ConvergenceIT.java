package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.domain.gateway.Listener;
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
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real Envoys of one gateway: what each of them runs is known, and what they refuse is told. */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(StoppablePostgresResource.class)
@WithTestResource(IssuerResource.class)
class ConvergenceIT {
    private static final String CHECKOUT = "127.0.0.2";

    private final EchoUpstream upstream = EchoUpstream.start();
    private final EchoUpstream pipes = EchoUpstream.start();
    private final int httpPort = Ports.free();
    private final int tlsPort = Ports.free();
    private final int tcpPort = Ports.free();
    private List<EnvoyProcess> envoys = List.of();

    @BeforeEach
    void start() {
        api().apply("""
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: west}
                ---
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: store}
                spec: {scopes: {cidrs: [127.0.0.2/32]}}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: west, name: exit}
                spec:
                  agentSelector: {identities: [{clientId: gateway-internet}]}
                  allowedNamespaces: {from: All}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  listeners:
                    - {name: http, address: 127.0.0.1, port: %d, protocol: HTTP}
                    - {name: tls, address: 127.0.0.1, port: %d, protocol: TLS}
                    - {name: tcp, address: 127.0.0.1, port: %d, protocol: TCP, destinationRef: {namespace: store, name: pipes}}
                    - {name: ptcp, address: 127.0.0.1, port: %d, protocol: TCP, acceptProxyProtocol: true, destinationRef: {namespace: store, name: pipes}}
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: store, name: parts}
                spec:
                  hosts: [parts.example]
                  ports: [{number: 80, protocol: HTTP, targetPort: %d}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: store, name: pipes}
                spec:
                  hosts: [pipes.example]
                  ports: [{number: 5432, protocol: TCP, targetPort: %d}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                  visibility: [west]
                ---
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: west, name: everyone-to-pipes}
                spec:
                  gatewayRef: {name: exit}
                  tier: Admin
                  action: Allow
                  from: [{ipBlocks: [0.0.0.0/0]}]
                  to: [{destinationRef: {namespace: store, name: pipes}}]
                """.formatted(httpPort, tlsPort, tcpPort, Ports.free(), upstream.port(), pipes.port()));
        envoys = IntStream.of(1, 2).mapToObj(this::envoy).toList();
    }

    @AfterEach
    void stop() {
        signal("CONT", envoys.getLast());
        envoys.forEach(EnvoyProcess::close);
        upstream.close();
        pipes.close();
    }

    @Test
    void whatIsInEffectIsKnownOfEachOfTwoEnvoys() {
        long allowed = api().apply(rule("Allow")).path("revision").asLong();
        await().untilAsserted(
                        () -> assertThat(convergence(allowed, "20s").toString()).contains("\"effective\":2"));
        assertThat(programmed()).contains("\"reason\":\"Programmed\"", "2/2");
        assertThat(pipes.connections()).isZero();

        EnvoyProcess stopped = envoys.getLast();
        signal("STOP", stopped);
        long denied = api().apply(rule("Deny")).path("revision").asLong();
        JsonNode half = convergence(denied, "500ms");
        assertThat(half.path("reached").asBoolean()).isFalse();
        assertThat(half.at("/agents/total").asInt()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(
                        convergence(denied, "0s").at("/agents/effective").asInt())
                .isEqualTo(1));
        assertThat(convergence(denied, "0s").findValuesAsText("message"))
                .singleElement()
                .asString()
                .contains("may still run revision " + allowed);
        assertThat(programmed()).contains("\"reason\":\"Pending\"", "1/2", "node-2");
        assertThat(api().get(path(denied, "0s") + "&quorum=50%25")
                        .path("reached")
                        .asBoolean())
                .isTrue();

        signal("CONT", stopped);
        await().untilAsserted(() -> assertThat(
                        convergence(denied, "20s").path("reached").asBoolean())
                .isTrue());

        assertThat(RawHttp.get(CHECKOUT, httpPort, "parts.example").status()).isEqualTo(403);
        await().untilAsserted(() -> {
            JsonNode denials = api().get("/api/v1/namespaces/store/denials");
            assertThat(denials.path("items")).isNotEmpty();
            JsonNode last = denials.at("/items/0");
            assertThat(last.path("rule").asText()).isEqualTo("store/to-parts");
            assertThat(last.path("reason").asText()).isEqualTo("rule");
            assertThat(last.path("source").asText()).isEqualTo(CHECKOUT);
            assertThat(last.path("host").asText()).isEqualTo("parts.example");
            assertThat(last.path("path").asText()).isEqualTo("/hello");
            assertThat(last.path("status").asInt()).isEqualTo(403);
            assertThat(denials.at("/counts/0/count").asInt()).isEqualTo(1);
        });
        assertThat(metrics())
                .contains(
                        "sallyport_decisions_total{action=\"denied\",gateway=\"west/exit\",reason=\"rule\",rule=\"store/to-parts\"} 1.0");
        assertThat(RawHttp.get(CHECKOUT, tcpPort, "any").status()).isEqualTo(200);
        assertThatThrownBy(() -> RawHttp.get(Listener.OWN_SOURCE.value(), tcpPort, "any"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(pipes.connections()).isEqualTo(1);
        await().untilAsserted(() ->
                assertThat(envoys).anyMatch(envoy -> envoy.accessLog().contains("west/everyone-to-pipes")));
        assertThat(envoys).noneMatch(envoy -> envoy.accessLog().contains("_sallyport"));
    }

    private static String metrics() {
        return RestAssured.get("/q/metrics").asString();
    }

    private String programmed() {
        return api().get("/api/v1/namespaces/store/egress-rules/to-parts")
                .at("/status/conditions")
                .toString();
    }

    private JsonNode convergence(long revision, String timeout) {
        return api().get(path(revision, timeout));
    }

    private static String path(long revision, String timeout) {
        return "/api/v1/revisions/%d/convergence?wait=effective&gateway=west/exit&timeout=%s"
                .formatted(revision, timeout);
    }

    private static String rule(String action) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: store, name: to-parts}
                spec:
                  gatewayRef: {namespace: west, name: exit}
                  action: %s
                  from: [{ipBlocks: [127.0.0.2/32]}]
                  to: [{destinationRef: {name: parts}}]
                """.formatted(action);
    }

    private static RestApi api() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return new RestApi(
                URI.create("http://127.0.0.1:" + port), IssuerResource.issuer().userToken("admin"));
    }

    private EnvoyProcess envoy(int number) {
        try {
            Path folder = Files.createTempDirectory("sallyport-convergence");
            int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
            Path bootstrap = new BootstrapFile(
                            "west/exit",
                            "gateway-internet",
                            "127.0.0.1:" + port,
                            IssuerResource.issuer().tokenUri())
                    .write(folder, "local");
            String other = Files.readString(bootstrap).replaceFirst("id: \\S+", "id: node-" + number);
            Files.writeString(bootstrap, other);
            return EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void signal(String name, EnvoyProcess envoy) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(envoy.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
