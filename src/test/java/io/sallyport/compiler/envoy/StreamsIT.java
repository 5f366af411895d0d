package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CompiledRouteBuilder.setting;
import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.call;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What takes its time: downloads, WebSocket, streams of gRPC. */
@RequiresEnvoy
class StreamsIT {
    private static final String INTERNET = "127.9.4.1";
    // Envoy ends a request after 15 seconds where it is not told otherwise.
    private static final int SECONDS = 16;
    private static final String SLOW = "slow.wild.test";
    private static final String GRPC = "grpc.test";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("gateways");

    @TempDir
    static Path folder;

    private static final HealthStatusManager HEALTH = new HealthStatusManager();
    private static NameServer names;
    private static SlowUpstream slow;
    private static Server grpc;
    private static Outpost outpost;
    private static int http;
    private static int https;
    private static int proxy;

    @BeforeAll
    static void start() throws IOException {
        http = Ports.free();
        https = Ports.free();
        proxy = Ports.free();
        int slowPort = Ports.free();
        slow = SlowUpstream.lasting(SECONDS, INTERNET, slowPort);
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral(INTERNET), 0))
                .addService(HEALTH.getHealthService())
                .build()
                .start();
        names = NameServer.start()
                .answer("grpc.test", INTERNET)
                .answer("slow.wild.test", INTERNET)
                .answer("routed.wild.test", INTERNET)
                .answer("routed.grpc.test", INTERNET);
        outpost = Outpost.start(
                folder,
                names,
                http,
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aCredential("edge/server").certificate(AUTHORITY.server(SLOW, GRPC)),
                aGateway("edge/internet")
                        .permitting(Outpost.INTERNET)
                        .http("http", http)
                        .https("https", https, "server")
                        .connect("proxy", proxy),
                aDestination("edge/single")
                        .hosts("single.test")
                        .port(80, Protocol.GRPC, grpc.getPort())
                        .statically()
                        .at(INTERNET)
                        .connection(withOneStream()),
                aDestination("edge/slow")
                        .hosts("*.wild.test")
                        .port(80, Protocol.HTTP, slowPort)
                        .dynamically(),
                aRoute("edge/downloads")
                        .ofDestination("slow")
                        .forHosts("routed.wild.test")
                        .with(where(prefix("/none")).answering(404, ""))
                        .with(where(prefix("/")).doing(new RouteFilter.ResponseHeaders(setting("x-routed", "yes")))),
                aRoute("edge/calls")
                        .ofDestination("grpc")
                        .forHosts("routed.grpc.test")
                        .with(where(call("grpc.health.v1.Health", "Watch")))
                        .with(where(call("grpc.health.v1.Health", "Check"))),
                aDestination("edge/grpc")
                        .hosts("grpc.test", "routed.grpc.test")
                        .port(80, Protocol.GRPC, grpc.getPort()),
                aDestination("edge/checked")
                        .hosts("checked.test")
                        .port(80, Protocol.GRPC, grpc.getPort())
                        .statically()
                        .at(INTERNET)
                        .checkedBy(new HealthCheck(
                                HealthCheck.Kind.GRPC, "", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1)),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(everyone())
                        .to("edge/slow")
                        .to("edge/grpc")
                        .to("edge/single")
                        .to("edge/checked"));
    }

    private static Connection withOneStream() {
        return new Connection(Duration.ofSeconds(5), 1024, 1024, 1024, 3, List.of(), 1, Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        outpost.close();
        grpc.shutdownNow();
        slow.close();
        names.close();
    }

    @Test
    void aLongDownloadComesWhole() {
        List<CompletableFuture<String>> downloads = Stream.of(Way.values())
                .map(way -> CompletableFuture.supplyAsync(() -> download(way), Thread.ofVirtual()::start))
                .toList();

        assertThat(downloads)
                .map(CompletableFuture::join)
                .allSatisfy(body -> assertThat(body).endsWith("\r\n\r\n" + "x".repeat(SECONDS)));
    }

    private static String download(Way way) {
        try (Socket socket = way.to(way.slow())) {
            SlowUpstream.say(
                    socket,
                    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(way.target(way.slow(), "/"), way.slow()));
            return SlowUpstream.read(socket, "\r\n\r\n") + SlowUpstream.read(socket, "x".repeat(SECONDS));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsUpgradedToWebSocketGoesBothWays(Way way) throws IOException {
        try (Socket socket = way.to(way.slow())) {
            SlowUpstream.say(
                    socket,
                    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                            .formatted(way.target(way.slow(), "/ws"), way.slow()));
            assertThat(SlowUpstream.read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 101");

            SlowUpstream.say(socket, "ping.");

            assertThat(SlowUpstream.read(socket, ".")).isEqualTo("ping.");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"HTTP", "HTTPS", "PROXY", "ROUTED"})
    void aStreamOfGrpcStaysOpenAndSaysWhatChanges(Way way) {
        ManagedChannel channel = channel(way);
        HEALTH.setStatus(way.name(), ServingStatus.SERVING);
        List<ServingStatus> seen = watched(channel, way.name());

        HEALTH.setStatus(way.name(), ServingStatus.NOT_SERVING);

        await().until(() -> seen.getLast() == ServingStatus.NOT_SERVING);
        channel.shutdownNow();
    }

    // Not the service that health checks ask about.
    private static List<ServingStatus> watched(ManagedChannel channel, String service) {
        await().ignoreExceptions()
                .until(() -> HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .isInitialized());
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel)
                .watch(HealthCheckRequest.newBuilder().setService(service).build(), collecting(seen));
        await().until(() -> seen.contains(ServingStatus.SERVING));
        return seen;
    }

    @Test
    void noConnectionCarriesMoreStreamsThanItMay() {
        HEALTH.setStatus("one", ServingStatus.SERVING);
        HEALTH.setStatus("two", ServingStatus.SERVING);
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", http)
                .overrideAuthority("single.test")
                .usePlaintext()
                .build();
        ManagedChannel shared = channel(Way.HTTP);
        for (ManagedChannel each : List.of(channel, shared)) {
            watched(each, "one");
            watched(each, "two");
        }

        await().untilAsserted(() -> assertThat(outpost.admin().get("/stats?filter=upstream_cx_active"))
                .contains("cluster.edge/single/80.upstream_cx_active: 2")
                .contains("cluster.edge/grpc/80/grpc.test.upstream_cx_active: 1"));
        channel.shutdownNow();
        shared.shutdownNow();
    }

    @Test
    void endpointsOfGrpcAreAskedByItsOwnHealthService() {
        await().untilAsserted(() -> assertThat(outpost.admin().get("/clusters"))
                .contains("edge/checked/80::" + INTERNET + ":" + grpc.getPort() + "::health_flags::healthy"));
    }

    private static StreamObserver<HealthCheckResponse> collecting(List<ServingStatus> seen) {
        return new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                seen.add(response.getStatus());
            }

            @Override
            public void onError(Throwable failure) {
                // What was seen stays; the test asks for it.
            }

            @Override
            public void onCompleted() {
                // The same.
            }
        };
    }

    private static ManagedChannel channel(Way way) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", way.port());
        try {
            return way == Way.HTTPS
                    ? builder.overrideAuthority(GRPC)
                            .sslContext(GrpcSslContexts.forClient()
                                    .trustManager(AUTHORITY.root())
                                    .build())
                            .build()
                    : builder.overrideAuthority(way.grpc()).usePlaintext().build();
        } catch (SSLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** How a client comes. */
    enum Way {
        HTTP,
        HTTPS,
        /** Whole URLs to a forward proxy. */
        PROXY,
        /** A tunnel through a forward proxy. */
        TUNNEL,
        /** By routes that somebody wrote. */
        ROUTED;

        int port() {
            return switch (this) {
                case HTTP, ROUTED -> http;
                case HTTPS -> https;
                case PROXY, TUNNEL -> proxy;
            };
        }

        /** A connection to a host by this way, on which HTTP is spoken. */
        Socket to(String host) throws IOException {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port()));
            socket.setSoTimeout(Patience.MILLIS);
            return switch (this) {
                case HTTP, PROXY, ROUTED -> socket;
                case HTTPS -> AUTHORITY.context().getSocketFactory().createSocket(socket, host, port(), true);
                case TUNNEL -> {
                    SlowUpstream.say(socket, "CONNECT %s:80 HTTP/1.1\r\nHost: %s:80\r\n\r\n".formatted(host, host));
                    SlowUpstream.read(socket, "\r\n\r\n");
                    yield socket;
                }
            };
        }

        String slow() {
            return this == ROUTED ? "routed.wild.test" : SLOW;
        }

        String grpc() {
            return this == ROUTED ? "routed.grpc.test" : GRPC;
        }

        String target(String host, String path) {
            return this == PROXY ? "http://" + host + path : path;
        }
    }
}
