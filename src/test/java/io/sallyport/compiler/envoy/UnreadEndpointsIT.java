package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.Dial.HUNG_UP;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.WebUpstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which endpoint it goes to that passes through unread: on TLS and TCP listeners, and in tunnels of CONNECT. */
@RequiresEnvoy
class UnreadEndpointsIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String ONE = "127.9.5.1";
    private static final String TWO = "127.9.5.2";
    private static final String NOBODY = "127.9.5.77";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("upstreams");

    @TempDir
    static Path folder;

    private static final List<DestinationBuilder> DESTINATIONS = new ArrayList<>();
    private static NameServer names;
    private static NamedUpstream one;
    private static NamedUpstream two;
    private static WebUpstream webOne;
    private static WebUpstream webTwo;
    private static Server grpc;
    private static NamedUpstream speechless;
    private static int tls;
    private static int tcp;
    private static int proxy;
    private static ConnectionGate gate;

    /** How a connection comes. */
    enum Way {
        TLS,
        TCP,
        TUNNEL
    }

    @BeforeAll
    static void start() throws IOException {
        tls = Ports.free();
        tcp = Ports.free();
        proxy = Ports.free();
        names = NameServer.start().answer("one.names.test", ONE).answer("two.names.test", TWO);
        one = NamedUpstream.answering("one", ONE, Ports.free());
        two = NamedUpstream.answering("two", TWO, one.port());
        var certificate = AUTHORITY.server("asked.test").context(AUTHORITY);
        int secure = Ports.free();
        webOne = WebUpstream.securelyAt(ONE, secure, certificate).failingAt("/well");
        webTwo = WebUpstream.securelyAt(TWO, secure, certificate);
        known("checked").at(NOBODY, TWO).checkedBy(connecting());
        known("gone").at(NOBODY).checkedBy(connecting());
        known("failing-over")
                .at(TWO, one.port(), 1, "far")
                .at(NOBODY, one.port(), 1, "near")
                .localities("near", "far")
                .checkedBy(connecting());
        known("hashed").at(ONE, TWO).balancedBy(Policy.RING_HASH);
        DESTINATIONS.add(aDestination("edge/names")
                .hosts("names.test")
                .port(443, Protocol.TLS, one.port())
                .at("one.names.test", "two.names.test"));
        DESTINATIONS.add(aDestination("edge/asked")
                .hosts("asked.test")
                .port(443, Protocol.HTTPS, secure)
                .statically()
                .at(ONE, TWO)
                .checkedBy(check(HealthCheck.Kind.HTTP, "/well")));
        int grpcPort = Ports.free();
        grpc = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.ofLiteral(ONE), grpcPort), credentials("grpc.test"))
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        speechless = NamedUpstream.answering("no TLS", TWO, grpcPort);
        DESTINATIONS.add(aDestination("edge/grpc")
                .hosts("grpc.test")
                .port(443, Protocol.HTTPS, grpcPort)
                .statically()
                .at(TWO, ONE)
                .checkedBy(check(HealthCheck.Kind.GRPC, "")));
        gate = new ConnectionGate(folder, names, ResourceBuilder.state(resources()));
    }

    private static ServerCredentials credentials(String host) throws IOException {
        var certificate = AUTHORITY.server(host);
        return TlsServerCredentials.create(
                new ByteArrayInputStream(certificate.chain().getBytes(US_ASCII)),
                new ByteArrayInputStream(certificate.privateKey().getBytes(US_ASCII)));
    }

    private static DestinationBuilder known(String name) {
        DestinationBuilder destination = aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(443, Protocol.TLS, one.port())
                .statically();
        DESTINATIONS.add(destination);
        return destination;
    }

    private static HealthCheck connecting() {
        return check(HealthCheck.Kind.TCP, "");
    }

    private static HealthCheck check(HealthCheck.Kind kind, String path) {
        return new HealthCheck(kind, path, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    }

    private static ResourceBuilder<?>[] resources() {
        var rule = aRule("edge/all").tier(Tier.ADMIN).from(everyone());
        DESTINATIONS.forEach(destination -> rule.to(destination.build().name().toString()));
        List<ResourceBuilder<?>> all = new ArrayList<>(DESTINATIONS);
        all.add(aNamespace("edge").cidrs("127.0.0.0/8"));
        all.add(aGateway("edge/internet")
                .permitting("127.9.0.0/16")
                .tls("tls", tls)
                .tcp("tcp", tcp, "edge/checked")
                .connect("proxy", proxy));
        all.add(aCredential("edge/ours").caBundle(AUTHORITY.bundle()));
        all.add(aSecurityPolicy("edge/trust")
                .onDestination("asked")
                .onDestination("grpc")
                .trusting("ours"));
        all.add(rule);
        return all.toArray(ResourceBuilder<?>[]::new);
    }

    @AfterAll
    static void stop() {
        gate.close();
        grpc.shutdownNow();
        Stream.of(one, two, speechless).forEach(NamedUpstream::close);
        Stream.of(webOne, webTwo).forEach(WebUpstream::close);
        names.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatNobodyAcceptsAtIsLeftOut(Way way) {
        awaitAnswers(() -> heard(way, "checked.test"), "two");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"TLS", "TUNNEL"})
    void theNextLocalityTakesOver(Way way) {
        awaitAnswers(() -> heard(way, "failing-over.test"), "two");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"TLS", "TUNNEL"})
    void whereNoneIsWellTheConnectionEndsAndTheLogSaysWhy(Way way) {
        String listener = way == Way.TLS ? "tls" : "proxy/tunnels";

        await().untilAsserted(() -> {
            assertThat(heard(way, "gone.test")).isIn(HUNG_UP, "");
            assertThat(gate.accessLog().lines())
                    .anyMatch(line -> line.contains("\"host\":\"gone.test\"")
                            && line.contains("\"listener\":\"" + listener + "\"")
                            && line.contains("\"action\":\"allowed\"")
                            && line.contains("\"reason\":\"upstream-unavailable\""));
        });
    }

    @Test
    void whoPassesThroughIsLedToWhoAnswersChecksOverTls() {
        awaitAnswers(UnreadEndpointsIT::addressBehindTls, TWO);
        assertThat(webTwo.asked()).contains("asked.test/well");
    }

    @Test
    void whoPassesThroughIsLedToWhoAnswersChecksOfGrpcOverTls() {
        awaitAnswers(UnreadEndpointsIT::handshakeWithGrpc, "done");
    }

    @Test
    void tunnelsAreSharedByTheNamesOfADestination() {
        await().untilAsserted(() -> assertThat(answers(() -> heard(Way.TUNNEL, "names.test")))
                .containsOnly("one", "two")
                .contains("one", "two"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"TLS", "TUNNEL"})
    void theSameSourceLeadsToTheSameEndpoint(Way way) {
        assertThat(answers(() -> heard(way, "hashed.test")).stream().distinct()).hasSize(1);
    }

    private static void awaitAnswers(Supplier<String> answer, String expected) {
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(answers(answer)).containsOnly(expected));
    }

    private static List<String> answers(Supplier<String> answer) {
        return Stream.generate(answer).limit(12).toList();
    }

    private static String addressBehindTls() {
        try (var http = RawHttp.connectSecurely(FRIEND, tls, AUTHORITY.context(), "asked.test")) {
            return http.get("asked.test").body();
        }
    }

    private static String handshakeWithGrpc() {
        RawHttp.connectSecurely(FRIEND, tls, AUTHORITY.context(), "grpc.test").close();
        return "done";
    }

    private static String heard(Way way, String host) {
        byte[] hello = ClientHello.naming(host);
        return switch (way) {
            case TLS -> Dial.hear(FRIEND, tls, hello);
            case TCP -> Dial.hear(FRIEND, tcp, hello);
            case TUNNEL -> throughTunnel(host, hello);
        };
    }

    private static String throughTunnel(String host, byte[] hello) {
        try (var client = ProxyClient.from(FRIEND, proxy)) {
            client.connect(host + ":443");
            return client.line(hello);
        }
    }
}
