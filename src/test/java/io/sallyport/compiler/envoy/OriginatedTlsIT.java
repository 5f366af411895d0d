package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.BothHttpUpstream;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.Http2Client;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A port of protocol HTTPS that is reached in the clear is reached over TLS by the gateway, and verified. */
@RequiresEnvoy
class OriginatedTlsIT {
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");
    private static final CertificateAuthority THEIRS = CertificateAuthority.named("theirs");

    // A masked frame with the text ping.
    private static final String FRAME = "\u0081\u0084\0\0\0\0ping";
    private static final String BOTH = "127.9.1.200";

    @TempDir
    static Path folder;

    @TempDir
    static Path another;

    private static final List<EchoUpstream> SERVERS = new ArrayList<>();
    private static NameServer names;
    private static Outpost outpost;
    private static Outpost cutting;
    private static BothHttpUpstream both;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        int listening = Ports.free();
        names = NameServer.start();
        server("fixed.test", port, OURS.server("fixed.test"));
        server("good.test", port, OURS.server("good.test"));
        server("api.wild.test", port, OURS.server("*.wild.test"));
        server("a.b.wild.test", port, OURS.server("*.wild.test"));
        server("other-name.test", port, OURS.server("another.test"));
        server("stranger.test", port, THEIRS.server("stranger.test"));
        server("system.test", port, OURS.server("system.test"));
        server("expired.test", port, OURS.expired("expired.test"));
        server("early.test", port, OURS.notYetValid("early.test"));
        server("excepted.test", port, THEIRS.server("excepted.test"));
        server("excepted-too-long.test", port, THEIRS.server("excepted-too-long.test"));
        server("old.test", port, OURS.server("old.test"), "TLSv1.2");
        both = BothHttpUpstream.at(BOTH, port, OURS.server("both.test"));
        names.answer("both.test", BOTH);
        outpost = Outpost.start(folder, names, listening, state(listening, port, gateway()));
        int behind = Ports.free();
        cutting = Outpost.start(
                another, names, behind, state(behind, port, gateway().cuttingOnRevoke()));
    }

    private static GatewayBuilder gateway() {
        return aGateway("edge/internet").permitting(Outpost.INTERNET);
    }

    private static DesiredState state(int listening, int port, GatewayBuilder gateway) {
        return ResourceBuilder.state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                gateway.http("http", listening),
                aCredential("edge/ours").caBundle(OURS.bundle()),
                aSecurityPolicy("edge/trust")
                        .onDestination("named")
                        .onDestination("wild")
                        .onDestination("fixed")
                        .trusting("ours"),
                web("edge/named", port)
                        .hosts(
                                "good.test",
                                "both.test",
                                "other-name.test",
                                "stranger.test",
                                "expired.test",
                                "early.test",
                                "old.test"),
                web("edge/wild", port).hosts("*.wild.test").dynamically(),
                web("edge/fixed", port).hosts("fixed.test").statically().at("127.9.1.1"),
                web("edge/system", port).hosts("system.test"),
                web("edge/excepted", port).hosts("excepted.test"),
                aSecurityPolicy("edge/excepted")
                        .onDestination("excepted")
                        .tls(TlsOrigination.DEFAULT.withUnverified(
                                until(Instant.now().plusSeconds(3_600)))),
                web("edge/over", port).hosts("excepted-too-long.test"),
                aSecurityPolicy("edge/over")
                        .onDestination("over")
                        .tls(TlsOrigination.DEFAULT.withUnverified(
                                until(Instant.now().minusSeconds(1)))),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(everyone())
                        .to("edge/named")
                        .to("edge/wild")
                        .to("edge/fixed")
                        .to("edge/system")
                        .to("edge/excepted")
                        .to("edge/over"));
    }

    private static DestinationBuilder web(String name, int target) {
        return aDestination(name).port(443, Protocol.HTTPS, target);
    }

    private static void server(String host, int port, IssuedCertificate certificate, String... protocols) {
        String address = "127.9.1." + (SERVERS.size() + 1);
        names.answer(host, address);
        SERVERS.add(TlsServers.at(address, port, certificate.context(OURS), protocols));
    }

    @AfterAll
    static void stop() {
        outpost.close();
        cutting.close();
        both.close();
        SERVERS.forEach(EchoUpstream::close);
        names.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good.test",
                "GOOD.Test.",
                "good.test:443",
                "api.wild.test",
                "API.wild.test",
                "fixed.test",
                "old.test"
            })
    void whatProvesItsNameIsReached(String host) {
        await().untilAsserted(() -> assertThat(outpost.get(host).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "other-name.test, verify_SAN_list",
        "a.b.wild.test, verify_SAN_list",
        "stranger.test, unable_to_get_local_issuer_certificate",
        "system.test, unable_to_get_local_issuer_certificate",
        "expired.test, certificate_has_expired",
        "early.test, certificate_is_not_yet_valid"
    })
    void whatDoesNotIsRefusedAndTheLogSaysWhy(String host, String reason) {
        await().untilAsserted(() -> assertThat(outpost.get(host).body()).contains("upstream-tls"));

        await().untilAsserted(
                        () -> assertThat(outpost.log()).anyMatch(line -> line.contains(host) && line.contains(reason)));
    }

    // No revision has recorded the end, so this is what one runs that hears of none.
    @Test
    void whenAnExceptionIsOverNothingIsSentThoughNobodyHasSaidSo() {
        await().untilAsserted(
                        () -> assertThat(outpost.get("excepted.test").status()).isEqualTo(200));
        await().untilAsserted(() ->
                assertThat(outpost.get("excepted-too-long.test").body()).contains("\"code\":\"exception-over\""));

        assertThat(outpost.get("excepted-too-long.test").status()).isEqualTo(403);
        await().untilAsserted(() -> assertThat(outpost.log())
                .anyMatch(line -> line.contains("\"host\":\"excepted-too-long.test\"")
                        && line.contains("\"rule\":\"sallyport/exception-over\"")
                        && line.contains("\"action\":\"denied\"")));
    }

    private static List<Unverified> until(Instant end) {
        return List.of(new Unverified(end, "its certificate is being made", false));
    }

    @Test
    void aWildcardNeverLendsItsNameToAnotherHost() {
        assertThat(outpost.get("api.wild.test").body()).contains("host: api.wild.test");
    }

    @ParameterizedTest
    @CsvSource({"good.test, 200 GET / HTTP/1.1", "both.test, 200 HTTP_2"})
    void whoSpeaksTheSecondHttpFindsWhatTheUpstreamSpeaks(String host, String answer) {
        try (Http2Client client = new Http2Client()) {
            for (Outpost each : List.of(outpost, cutting)) {
                await().untilAsserted(() ->
                        assertThat(client.get(each.port(), host, "/")).startsWith(answer));
            }
        }
    }

    @Test
    void whoSpeaksTheFirstIsSpokenToInTheFirst() {
        await().untilAsserted(() -> assertThat(outpost.get("both.test").body()).isEqualTo("HTTP_1_1"));
        await().untilAsserted(
                        () -> assertThat(cutting.get("good.test").status()).isEqualTo(200));
    }

    @Test
    void aWebSocketIsNotOfferedTheSecond() {
        for (Outpost each : List.of(outpost, cutting)) {
            await().untilAsserted(() -> assertThat(echoed(each)).endsWith("ping"));
        }
    }

    // What comes back, and before it the head of the answer.
    private static String echoed(Outpost through) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), through.port())) {
            SlowUpstream.say(
                    socket,
                    "GET / HTTP/1.1\r\nHost: both.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            String head = SlowUpstream.read(socket, "\r\n\r\n");
            assertThat(head)
                    .as(() -> "what is logged: " + through.log().toList())
                    .startsWith("HTTP/1.1 101");
            SlowUpstream.say(socket, FRAME);
            return head + SlowUpstream.read(socket, "ping");
        }
    }
}
