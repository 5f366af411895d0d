package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.sallyport.testkit.RequiresEnvoy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresEnvoy
class BootstrapFileIT {

    @Test
    void anEnvoyAuthenticatesAndRenewsItsTokenBeforeItEnds(@TempDir Path folder) throws Exception {
        var seen = new SeenTokens(ConcurrentHashMap.newKeySet());
        var server = refusing(seen);
        try (var issuer = LocalIssuer.start(Ports.free(), Duration.ofSeconds(4), folder.resolve("issuer"))) {
            var bootstrap = new BootstrapFile(
                            "edge/internet", "gateway-internet", "127.0.0.1:" + server.getPort(), issuer.tokenUri())
                    .write(folder, "local");

            try (var envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap, folder)) {
                await().failFast("Envoy ended", () -> !envoy.isAlive())
                        .until(() -> seen.values().size() >= 2);
            }
            assertThat(seen.values()).allMatch(value -> value.startsWith("Bearer ey"));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void theSecretIsForItsOwnerAlone(@TempDir Path folder) throws Exception {
        new BootstrapFile("edge/internet", "gateway-internet", "127.0.0.1:1", URI.create("http://127.0.0.1:2/t"))
                .write(folder, "local");

        assertThat(Files.getPosixFilePermissions(folder.resolve("client-secret")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(folder.resolve("bootstrap.yaml")).content().doesNotContain("%");
    }

    /** Every stream ends at once, so that Envoy comes again and shows the token that it has by then. */
    private static Server refusing(ServerInterceptor interceptor) throws Exception {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new AggregatedDiscoveryServiceImplBase() {})
                .intercept(interceptor)
                .build()
                .start();
    }

    private record SeenTokens(Set<String> values) implements ServerInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            var value = headers.get(AUTHORIZATION);
            values.add(value == null ? "none" : value);
            return next.startCall(call, headers);
        }
    }
}
