package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.Dial.HUNG_UP;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.ProxyHeader;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 127.9.0.0/16 is the internet, 127.0.0.1 an address that nobody may be led to. All servers speak first. */
@RequiresEnvoy
class TcpTrialIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int FIXED = Ports.free();
    private static final int NAMED = Ports.free();
    private static final int REFUSED = Ports.free();
    private static final int SEVERAL = Ports.free();
    private static final int BRIEF = Ports.free();
    private static final int PROXIED = Ports.free();
    private static final int PROXIED_TLS = Ports.free();
    private static final int ORIGINAL = Ports.free();

    @TempDir
    static Path folder;

    private static NamedUpstream first;
    private static NamedUpstream second;
    private static NamedUpstream canary;
    private static NameServer names;
    private static Instant end;
    private static ConnectionGate gate;

    @BeforeAll
    static void start() throws IOException {
        first = NamedUpstream.speakingFirst("first", "127.9.0.1", Ports.free());
        second = NamedUpstream.speakingFirst("second", "127.9.1.2", first.port());
        canary = NamedUpstream.speakingFirst("canary", "127.0.0.1", first.port());
        names = NameServer.start()
                .answer("db.test", "127.9.0.1")
                .answer("bad.test", "127.0.0.1")
                .answer("one.test", "127.9.0.1")
                .answer("two.test", "127.9.1.2");
        end = Instant.now().plus(SHORT);
        gate = new ConnectionGate(folder, names, policy());
    }

    @AfterAll
    static void stop() {
        gate.close();
        names.close();
        first.close();
        second.close();
        canary.close();
    }

    private static DesiredState policy() {
        int target = first.port();
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8", "10.0.0.0/8", "fd00::/16"),
                aGateway("edge/internet")
                        .permitting("127.9.0.0/16")
                        .tcp("fixed", FIXED, "edge/fixed")
                        .tcp("named", NAMED, "edge/named")
                        .tcp("refused", REFUSED, "edge/refused")
                        .tcp("several", SEVERAL, "edge/several")
                        .tcp("brief", BRIEF, "edge/brief")
                        .tcp("proxied", PROXIED, "edge/fixed")
                        .acceptingProxyProtocol()
                        .tls("proxied-tls", PROXIED_TLS)
                        .acceptingProxyProtocol()
                        .tcp("original", ORIGINAL, "edge/ranges")
                        .acceptingProxyProtocol(),
                aDestination("edge/fixed")
                        .hosts("fixed.test")
                        .port(5432, Protocol.TCP, target)
                        .port(443, Protocol.TLS, target)
                        .statically()
                        .at("127.9.0.1"),
                aDestination("edge/named").hosts("db.test").port(5432, Protocol.TCP, target),
                aDestination("edge/refused").hosts("bad.test").port(5432, Protocol.TCP, target),
                aDestination("edge/several")
                        .hosts("several.test")
                        .port(5432, Protocol.TCP, target)
                        .at("one.test", target, 1, "")
                        .at("two.test", target, 2, ""),
                aDestination("edge/brief")
                        .hosts("brief.test")
                        .port(5432, Protocol.TCP, target)
                        .statically()
                        .at("127.9.0.1"),
                aDestination("edge/ranges")
                        .addresses("127.9.0.0/16", "127.0.0.0/24", "8.8.8.0/24")
                        .port(5432, Protocol.TCP, target)
                        .asAsked(),
                aRule("edge/friends")
                        .from(addresses(FRIEND + "/32", "10.1.0.0/16", "fd00:1::/32"))
                        .to("edge/fixed")
                        .to("edge/named")
                        .to("edge/refused")
                        .to("edge/several")
                        .to("edge/ranges"),
                aRule("edge/not-the-lab")
                        .denying()
                        .from(addresses("10.1.66.0/24"))
                        .to("edge/fixed"),
                aRule("edge/for-a-while")
                        .from(addresses(FRIEND + "/32"))
                        .to("edge/brief")
                        .between(Instant.EPOCH, end),
                aRule("edge/would-refuse")
                        .shadow()
                        .denying()
                        .from(addresses("127.0.0.0/8"))
                        .to("edge/fixed"));
    }

    @Test
    void hearsAServerThatSpeaksFirst() {
        assertThat(Dial.hear(FRIEND, FIXED)).isEqualTo("first");
        assertThat(Dial.hear(FRIEND, NAMED)).isEqualTo("first");
        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"listener\":\"fixed\"",
                                "\"protocol\":\"TCP\"",
                                "\"source\":\"127.0.0.2\"",
                                "\"rule\":\"edge/friends\"",
                                "\"action\":\"allowed\"",
                                "\"shadow\":\"edge/would-refuse\"",
                                "\"shadowAction\":\"denied\"",
                                "\"upstream\":\"127.9.0.1:" + first.port() + "\"",
                                "\"bytesSent\":6")));
    }

    // The gateway asks for its names again every five seconds, which may be just then.
    @Test
    void whoIsRefusedHearsNothingAndNobodyIsConnectedToOrAskedFor() {
        int before = first.connections();

        await().untilAsserted(() -> {
            long asked = names.queries("db.test");
            assertThat(Dial.hear(STRANGER, NAMED)).isEqualTo(HUNG_UP);
            assertThat(names.queries("db.test")).isEqualTo(asked);
        });
        assertThat(Dial.hear(STRANGER, FIXED)).isEqualTo(HUNG_UP);
        assertThat(Dial.hear(STRANGER, FIXED, "hello".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HUNG_UP);

        assertThat(first.connections()).isEqualTo(before);
        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"source\":\"127.0.0.3\"",
                                "\"rule\":\"sallyport/default-deny\"",
                                "\"action\":\"denied\"",
                                "\"reason\":\"default-deny\"")));
    }

    @Test
    void connectsToNoRefusedAddress() {
        assertThat(Dial.hear(FRIEND, REFUSED)).isEqualTo(HUNG_UP);
        assertThat(names.queries("bad.test")).isNotZero();
        assertThat(canary.connections()).isZero();
    }

    @Test
    void spreadsConnectionsOverAllNames() {
        assertThat(IntStream.range(0, 60).mapToObj(each -> Dial.hear(FRIEND, SEVERAL)))
                .contains("first", "second")
                .allMatch(heard -> heard.equals("first") || heard.equals("second"));
    }

    @Test
    void endsARuleWithNobodyTellingIt() {
        String heard = Dial.hear(FRIEND, BRIEF);
        if (Instant.now().isBefore(end)) {
            assertThat(heard).isEqualTo("first");
        }

        await().untilAsserted(() -> assertThat(Dial.hear(FRIEND, BRIEF)).isEqualTo(HUNG_UP));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, first",
        "10.1.66.3, (hung up)",
        "10.2.0.1, (hung up)",
        "127.0.0.3, (hung up)",
    })
    void theSourceIsWhoThePeerSaysIt(String source, String heard) {
        assertThat(Dial.hear(STRANGER, PROXIED, ProxyHeader.version1(source, "192.0.2.7", 5432)))
                .isEqualTo(heard);
        assertThat(Dial.hear(STRANGER, PROXIED, ProxyHeader.version2(source, "192.0.2.7", 5432)))
                .isEqualTo(heard);
        assertThat(Dial.hear(
                        STRANGER,
                        PROXIED_TLS,
                        ProxyHeader.version2(source, "192.0.2.7", 443),
                        ClientHello.naming("fixed.test")))
                .isEqualTo(heard);
    }

    @ParameterizedTest
    @CsvSource({"fd00:1::7, first", "fd00:1:ffff:1::7, first", "fd00:2::7, (hung up)", "::1, (hung up)"})
    void ofIpv6Too(String source, String heard) {
        assertThat(Dial.hear(STRANGER, PROXIED, ProxyHeader.version2(source, "2001:db8::1", 5432)))
                .isEqualTo(heard);
    }

    @Test
    void aConnectionThatDoesNotSayForWhomItComesIsRefusedAndLogged() {
        int before = first.connections();

        assertThat(Dial.hear(FRIEND, PROXIED, "SSH-2.0-client\r\nand so on\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HUNG_UP);
        assertThat(Dial.hear(FRIEND, PROXIED_TLS, ClientHello.naming("fixed.test")))
                .isEqualTo(HUNG_UP);

        assertThat(first.connections()).isEqualTo(before);
        for (String listener : List.of("proxied", "proxied-tls")) {
            await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "\"listener\":\"" + listener + "\"",
                                    "\"peer\":\"127.0.0.2\"",
                                    "\"action\":\"denied\"",
                                    "\"reason\":\"handshake\"")));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.9.0.1, first", "127.9.1.2, second"})
    void leadsToTheAddressThatWasAskedFor(String address, String heard) {
        assertThat(Dial.hear(STRANGER, ORIGINAL, ProxyHeader.version1(FRIEND, address, 9)))
                .isEqualTo(heard);
        assertThat(Dial.hear(STRANGER, ORIGINAL, ProxyHeader.version2(FRIEND, address, 9)))
                .isEqualTo(heard);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, 127.0.0.1, address-policy",
        "127.0.0.2, 127.10.0.1, unknown-destination",
        "127.0.0.2, 9.9.9.9, unknown-destination",
        "127.0.0.3, 127.9.0.1, default-deny"
    })
    void refusesOtherAddressesAndOtherSources(String source, String address, String reason) {
        assertThat(Dial.hear(STRANGER, ORIGINAL, ProxyHeader.version2(source, address, first.port())))
                .isEqualTo(HUNG_UP);
        assertThat(canary.connections()).isZero();
        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"source\":\"" + source + "\"",
                                "\"host\":\"" + address + ":" + first.port() + "\"",
                                "\"reason\":\"" + reason + "\"")));
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsNoWayAround() {
        byte[] mapped = ByteBuffer.allocate(16)
                .putShort(10, (short) 0xffff)
                .put(12, new byte[] {127, 0, 0, 1})
                .array();

        assertThat(Dial.hear(
                        STRANGER,
                        ORIGINAL,
                        ProxyHeader.version2(InetAddress.ofLiteral("fd00:1::7").getAddress(), mapped, 9)))
                .isEqualTo(HUNG_UP);
        assertThat(canary.connections()).isZero();
    }

    @Test
    void whoComesWithoutAnAddressToGoToGoesNowhere() {
        assertThat(Dial.hear(FRIEND, ORIGINAL, "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HUNG_UP);
        assertThat(canary.connections()).isZero();
    }
}
