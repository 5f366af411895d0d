package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes its time: downloads, WebSocket, streams of gRPC. */
@RequiresEnvoy
class StreamsIT {
    private static final String INTERNET = "127.9.4.1";
    // Envoy ends a request after 15 seconds where it is not told otherwise.
    private static final int SECONDS = 16;

    @TempDir
    static Path folder;

    // Not the service that Envoy asks for.
    private static final String WATCHED = "watched";
    private static final HealthStatusManager HEALTH = new HealthStatusManager();
    private static NameServer names;
    private static ServerSocket slow;
    private static Server grpc;
    private static Outpost outpost;

    @BeforeAll
    static void start() throws IOException {
        int listening = Ports.free();
        slow = new ServerSocket(0, 50, InetAddress.ofLiteral(INTERNET));
        Thread.ofVirtual().start(StreamsIT::serve);
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral(INTERNET), 0))
                .addService(HEALTH.getHealthService())
                .build()
                .start();
        names = NameServer.start().answer("grpc.test", INTERNET).answer("slow.wild.test", INTERNET);
        outpost = Outpost.start(
                folder,
                names,
                listening,
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting(Outpost.INTERNET).http("http", listening),
                aDestination("edge/slow")
                        .hosts("*.wild.test")
                        .port(80, Protocol.HTTP, slow.getLocalPort())
                        .dynamically(),
                aDestination("edge/grpc").hosts("grpc.test").port(80, Protocol.GRPC, grpc.getPort()),
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
                        .to("edge/checked"));
    }

    @AfterAll
    static void stop() throws IOException {
        outpost.close();
        grpc.shutdownNow();
        slow.close();
        names.close();
    }

    @Test
    void aLongDownloadComesWhole() {
        assertThat(outpost.get("slow.wild.test").body()).hasSize(SECONDS);
    }

    @Test
    void whatIsUpgradedToWebSocketGoesBothWays() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), outpost.port())) {
            socket.setSoTimeout(Patience.MILLIS);
            say(
                    socket,
                    "GET /ws HTTP/1.1\r\nHost: slow.wild.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 101");

            say(socket, "ping.");

            assertThat(read(socket, ".")).isEqualTo("ping.");
        }
    }

    @Test
    void aStreamOfGrpcStaysOpenAndSaysWhatChanges() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", outpost.port())
                .overrideAuthority("grpc.test")
                .usePlaintext()
                .build();
        await().ignoreExceptions()
                .until(() -> HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .isInitialized());
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HEALTH.setStatus(WATCHED, ServingStatus.SERVING);
        HealthGrpc.newStub(channel)
                .watch(HealthCheckRequest.newBuilder().setService(WATCHED).build(), collecting(seen));
        await().until(() -> seen.contains(ServingStatus.SERVING));

        HEALTH.setStatus(WATCHED, ServingStatus.NOT_SERVING);

        await().until(() -> seen.getLast() == ServingStatus.NOT_SERVING);
        channel.shutdownNow();
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

    private static void serve() {
        while (!slow.isClosed()) {
            try {
                Socket socket = slow.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            if (read(socket, "\r\n\r\n").startsWith("GET /ws ")) {
                say(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                say(socket, read(socket, "."));
                return;
            }
            say(socket, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(SECONDS));
            for (int second = 0; second < SECONDS; second++) {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                say(socket, "x");
            }
        } catch (IOException peerIsGone) {
            // Nobody is left to answer.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
