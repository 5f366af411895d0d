package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresEnvoy
class EnvoyTrialIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";
    private static final Duration SHORT = Duration.ofSeconds(4);

    @TempDir
    static Path folder;

    private static Instant end;
    private static Gate gate;

    @BeforeAll
    static void start() throws IOException {
        end = Instant.now().plus(SHORT);
        gate = new Gate(folder, EnvoyTrialIT::policy);
    }

    @AfterAll
    static void stop() throws IOException {
        gate.close();
    }

    private static DesiredState policy(Gate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .buckets(4)
                        .http("http", ports.http())
                        .tls("tls", ports.tls()),
                aDestination("edge/open")
                        .hosts("open.test", "*.wild.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(8080, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.secure())
                        .statically()
                        .at("127.0.0.1"),
                aDestination("edge/closed")
                        .hosts("closed.wild.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.secure())
                        .statically()
                        .at("127.0.0.1"),
                aDestination("edge/brief")
                        .hosts("brief.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.secure())
                        .statically()
                        .at("127.0.0.1"),
                aDestination("edge/resolved")
                        .hosts("localhost")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.secure()),
                aRule("edge/friends").from(addresses(FRIEND + "/32")).to("edge/open", 80, 443),
                aRule("edge/friends-resolved").from(addresses(FRIEND + "/32")).to("edge/resolved"),
                aRule("edge/nobody").denying().from(addresses("127.0.0.0/8")).to("edge/closed"),
                aRule("edge/for-a-while")
                        .from(addresses(FRIEND + "/32"))
                        .to("edge/brief")
                        .between(Instant.EPOCH, end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open.test", "OPEN.Test", "open.test:80", "open.test.", "Open.test.:80", "a.b.wild.test"})
    void passesWhatARuleAllowsHoweverTheHostIsWritten(String host) throws IOException {
        assertThat(gate.get(FRIEND, host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "closed.wild.test, edge/nobody",
        "CLOSED.wild.test.:80, edge/nobody",
        "open.test:8080, sallyport/default-deny",
        "open.test:81, sallyport/default-deny",
        "open.test:080, sallyport/default-deny",
        "unknown.test, sallyport/unknown-destination",
        "wild.test, sallyport/unknown-destination",
        "127.0.0.1, sallyport/unknown-destination",
        "bad.test.., sallyport/malformed-host",
        "user@open.test, sallyport/malformed-host",
        "open.test:, sallyport/malformed-host",
        "open.test:123456, sallyport/malformed-host",
        "open.test:80:80, sallyport/malformed-host",
        "open.test:x, sallyport/malformed-host",
        "open_.test, sallyport/malformed-host"
    })
    void refusesTheRestAndSaysWhichRuleDid(String host, String rule) throws IOException {
        assertThat(gate.get(FRIEND, host))
                .startsWith("HTTP/1.1 403")
                .contains("content-type: application/problem+json", "\"rule\":\"" + rule + "\"");
    }

    @Test
    void refusesTwoHosts() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: open.test\r\nHost: closed.wild.test\r\nConnection: close\r\n\r\n";

        assertThat(gate.ask(FRIEND, request)).doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void believesNoHeaderAboutTheSource() throws IOException {
        String[] forged = {
            "X-Forwarded-For: " + FRIEND,
            "x-sallyport-identities: " + String.join("", everyClass()),
            "x-sallyport-addresses: " + String.join("", everyClass()),
            "x-sallyport-destination: 0/open.test:80"
        };

        assertThat(gate.get(STRANGER, "open.test", forged)).contains("\"rule\":\"sallyport/default-deny\"");
    }

    @Test
    void sendsNothingOfOursOrOfProxiesUpstream() throws IOException {
        String seen = gate.get(FRIEND, "open.test", "X-Forwarded-For: 1.2.3.4", "X-Request-Id: 7", "X-Envoy-Foo: 1")
                .toLowerCase(Locale.ROOT);

        assertThat(seen)
                .startsWith("http/1.1 200")
                .doesNotContain("x-forwarded", "x-sallyport", "x-request-id", "x-envoy");
    }

    @Test
    void endsARuleWithNobodyTellingIt() throws IOException {
        String answer = gate.get(FRIEND, "brief.test");
        boolean hello = comesThrough(FRIEND, List.of("brief.test"));
        if (Instant.now().isBefore(end)) {
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(hello).isTrue();
        }

        await().untilAsserted(() ->
                assertThat(gate.get(FRIEND, "brief.test")).contains("\"rule\":\"sallyport/default-deny\""));
        assertThat(comesThrough(FRIEND, List.of("brief.test"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open.test", "OPEN.test", "a.b.wild.test", "localhost"})
    void passesTlsByItsServerName(String serverName) throws IOException {
        assertThat(comesThrough(FRIEND, List.of(serverName))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed.wild.test", "unknown.test", "wild.test"})
    void refusesTlsWithoutConnectingUpstream(String serverName) throws IOException {
        assertThat(comesThrough(FRIEND, List.of(serverName))).isFalse();
    }

    @Test
    void refusesTlsFromOthersAndTlsWithoutAName() throws IOException {
        assertThat(comesThrough(STRANGER, List.of("open.test"))).isFalse();
        assertThat(comesThrough(FRIEND, List.of())).isFalse();
        await().untilAsserted(() -> assertThat(gate.accessLog())
                .contains("\"rule\":\"sallyport/default-deny\"", "\"rule\":\"sallyport/unknown-destination\""));
    }

    @Test
    void resolvesHostsOfHttp() throws IOException {
        assertThat(gate.get(FRIEND, "localhost")).startsWith("HTTP/1.1 200");
    }

    private static boolean comesThrough(String source, List<String> serverNames) throws IOException {
        int before = gate.hellos();
        gate.greet(source, serverNames);
        return gate.hellos() > before;
    }

    // Whatever the classes are called, a forger may have guessed.
    private static List<String> everyClass() {
        return new SnapshotCompiler()
                .compile(policy(new Gate.Ports(1, 2, 3, 4)), Cases.GATEWAY).sources().stream()
                        .map(sourceClass -> "|" + sourceClass.id() + "|")
                        .toList();
    }
}
