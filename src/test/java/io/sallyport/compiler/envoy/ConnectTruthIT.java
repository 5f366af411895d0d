package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts of all kinds, addresses, and names that lie about where they are. */
@RequiresEnvoy
class ConnectTruthIT {
    private static final String FRIEND = "127.0.0.2";

    @TempDir
    static Path folder;

    private static ProxyGate gate;

    @BeforeAll
    static void start() {
        gate = new ProxyGate(
                folder,
                ConnectTruthIT::policy,
                names -> names.answer("named.test", ProxyGate.PUBLIC).answer("refused.test", ProxyGate.REFUSED));
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @AfterEach
    void nothingHasEverReachedACanary() {
        assertThat(gate.canaries()).isZero();
    }

    private static DesiredState policy(ProxyGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.9.0.0/16").buckets(4).connect("proxy", ports.proxy()),
                aDestination("edge/named")
                        .hosts("named.test", "refused.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .port(9000, Protocol.TCP, ports.web()),
                aDestination("edge/wild")
                        .hosts("*.wild.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .port(9000, Protocol.TCP, ports.web())
                        .dynamically(),
                aDestination("edge/guarded")
                        .hosts("guarded.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .neverAt("127.9.3.0/24"),
                aDestination("edge/inner")
                        .hosts("127.9.0.7")
                        .port(443, Protocol.TLS, ports.secure())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aDestination("edge/network")
                        .addresses("127.0.0.0/8")
                        .port(443, Protocol.TLS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .port(9000, Protocol.TCP, ports.web())
                        .asAsked(),
                aDestination("edge/reserved")
                        .addresses("127.9.128.0/17")
                        .port(443, Protocol.TLS, ports.secure())
                        .asAsked(),
                aDestination("edge/rest")
                        .hosts("*")
                        .port(443, Protocol.TLS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .dynamically(),
                aRule("edge/named").from(addresses(FRIEND + "/32")).to("edge/named"),
                aRule("edge/guarded").from(addresses(FRIEND + "/32")).to("edge/guarded"),
                aRule("edge/wild").from(addresses(FRIEND + "/32")).to("edge/wild"),
                aRule("edge/inner").from(addresses(FRIEND + "/32")).to("edge/inner"),
                aRule("edge/network").from(addresses(FRIEND + "/32")).to("edge/network"),
                aRule("edge/reserved").denying().from(addresses("127.0.0.0/8")).to("edge/reserved"),
                aRule("edge/rest").from(addresses(FRIEND + "/32")).to("edge/rest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"named.test", "a.wild.test", "A.b.Wild.test.", "any.test", "Any.thing.test."})
    void aNameThatResolvesToWhatIsPermittedIsReached(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        gate.names.answer(name, ProxyGate.PUBLIC);

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(host + ":443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), name)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused.test", "bad.wild.test", "bad.test", "nowhere.test"})
    void aTunnelWithTlsToANameThatResolvesToWhatIsRefusedIsCut(String host) {
        if (!host.startsWith("nowhere")) {
            gate.names.answer(host, ProxyGate.REFUSED);
        }
        int before = gate.connections();

        await().untilAsserted(() -> {
            try (var client = gate.from(FRIEND)) {
                assertThat(client.connect(host + ":443")).startsWith("HTTP/1.1 200");
                assertThat(client.secretly(gate.trust(), host)).isEmpty();
            }
        });
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void theLogSaysThatTheAddressWasRefused() {
        gate.names.answer("told.wild.test", ProxyGate.REFUSED);
        try (var client = gate.from(FRIEND)) {
            client.connect("told.wild.test:443");
            assertThat(client.secretly(gate.trust(), "told.wild.test")).isEmpty();
        }

        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anyMatch(line -> line.contains("\"listener\":\"proxy/tunnels\"")
                        && line.contains("\"host\":\"told.wild.test\"")
                        && line.contains("\"flags\":\"UH\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed.wild.test", "mixed.test"})
    void ofAMixedAnswerOnlyWhatIsPermittedIsTried(String host) {
        gate.names.answer(host, ProxyGate.REFUSED, "127.9.0.77", ProxyGate.PUBLIC, "::1");

        for (int attempt = 0; attempt < 8; attempt++) {
            try (var client = gate.from(FRIEND)) {
                client.connect(host + ":443");
                client.secretly(gate.trust(), host);
            }
        }
    }

    @Test
    void aNameThatChangesItsAnswerNeverLeadsToWhatIsRefused() {
        gate.names.answer("turncoat.wild.test", ProxyGate.PUBLIC).thenAnswer("turncoat.wild.test", ProxyGate.REFUSED);

        await().untilAsserted(() -> {
            try (var client = gate.from(FRIEND)) {
                client.connect("turncoat.wild.test:443");
                client.secretly(gate.trust(), "turncoat.wild.test");
            }
            assertThat(gate.names.queries("turncoat.wild.test")).isGreaterThan(1);
        });
        assertThat(gate.canaries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.9.0.1:443", "127.9.0.7:443"})
    void aTunnelToAnAddressCarriesTlsWithoutAName(String authority) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust())).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aTunnelToAnAddressCarriesNoNameOfSomethingElse() {
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect("127.9.0.1:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "named.test")).isEmpty();
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "127.9.128.1:443, edge/reserved",
        "127.9.255.255:443, edge/reserved",
        "127.9.0.1:22, sallyport/default-deny",
        "127.0.0.1:22, sallyport/default-deny"
    })
    void theLongestRangeOwnsAnAddress(String authority, String rule) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 403").contains("\"rule\":\"" + rule + "\"");
        }
    }

    @Test
    void anAddressThatIsRefusedIsNotConnectedToThoughARangeHasIt() {
        try (var client = gate.from(FRIEND)) {
            client.connect("127.0.0.1:443");
            assertThat(client.secretly(gate.trust())).isEmpty();
        }
    }

    // All at once, since a gateway takes a second to end each.
    @Test
    void whatOnlyLooksLikeAnAddressIsANameAndLeadsNowhere() {
        List<String> names =
                List.of("127.1", "2130706433", "0x7f.1", "0x7f000001", "127.0.0.01", "0127.0.0.1", "127.0.1", "0177.1");
        List<Function<ProxyClient, String>> ways =
                List.of(client -> client.secretly(gate.trust()), client -> client.openly("GET / HTTP/1.1\r\n\r\n"));

        List<CompletableFuture<String>> heard = names.stream()
                .flatMap(name -> ways.stream().map(way -> inside(name + ":443", way)))
                .toList();

        assertThat(heard).extracting(CompletableFuture::join).containsOnly("");
        await().untilAsserted(() -> assertThat(names)
                .allSatisfy(name -> assertThat(gate.accessLog().lines())
                        .anyMatch(line -> line.contains("\"host\":\"" + name + ":443\"")
                                && line.contains("\"rule\":\"edge/rest\""))));
    }

    private static CompletableFuture<String> inside(String authority, Function<ProxyClient, String> way) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var client = gate.from(FRIEND)) {
                        client.connect(authority);
                        return way.apply(client);
                    }
                },
                Thread::startVirtualThread);
    }

    @ParameterizedTest
    @ValueSource(strings = {"named.test:9000", "raw.wild.test:9000", "127.9.0.1:9000", "named.test:80", "raw.test:80"})
    void aTunnelToAPortWithoutTlsIsConnectedBeforeItIsGranted(String authority) {
        gate.names.answer(authority.substring(0, authority.indexOf(':')), ProxyGate.PUBLIC);
        int before = gate.web.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 200");
            await().untilAsserted(() -> assertThat(gate.web.connections()).isEqualTo(before + 1));
            assertThat(client.openly("GET / HTTP/1.1\r\nhost: x\r\n\r\n")).isEqualTo("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"refused.test:9000", "no.wild.test:9000", "127.0.0.1:9000", "refused.test:80", "no.test:80"})
    void aTunnelWithoutTlsToARefusedAddressIsRefusedAsSuch(String authority) {
        gate.names.answer(authority.substring(0, authority.indexOf(':')), ProxyGate.REFUSED);
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 403").contains("\"code\":\"address-policy\"");
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"named.test", "plain.wild.test", "plain.test", "127.9.0.1"})
    void aPlainRequestGoesWhereItsHostResolvesTo(String host) {
        gate.names.answer(host, ProxyGate.PUBLIC);

        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET http://" + host + ":80/p HTTP/1.1\r\nHost: other.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("GET /p", "host: " + host + ":80");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused.test", "never.wild.test", "never.test", "127.0.0.1"})
    void aPlainRequestToARefusedAddressIsRefusedAsSuch(String host) {
        gate.names.answer(host, ProxyGate.REFUSED);

        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET http://" + host + ":80/p HTTP/1.1\r\nHost: named.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("\"code\":\"address-policy\"");
        }
    }

    @Test
    void aDestinationMayGuardAgainstMoreThanItsGateway() {
        gate.names.answer("guarded.test", ProxyGate.GUARDED).answer("any.wild.test", ProxyGate.GUARDED);

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect("guarded.test:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "guarded.test")).isEmpty();
        }
        assertThat(gate.guarded.connections()).isZero();

        try (var client = gate.from(FRIEND)) {
            client.connect("any.wild.test:443");
            client.begin(ClientHello.naming("any.wild.test"));
            await().untilAsserted(() -> assertThat(gate.guarded.connections()).isPositive());
        }
    }
}
