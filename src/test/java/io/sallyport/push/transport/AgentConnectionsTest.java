package io.sallyport.push.transport;

import static io.sallyport.testkit.AgentTlsResource.AGENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.sallyport.identity.mtls.AgentTls;
import io.sallyport.identity.mtls.TlsSettings;
import io.sallyport.testkit.AgentTlsResource;
import io.sallyport.testkit.CertifiedChannel;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentConnectionsTest {
    private static final String AGENT = "spiffe://corp.test/gateways/a";

    private final List<Runnable> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.reversed().forEach(Runnable::run);
    }

    @Test
    void aConnectionIsClosedWhenItsCertificateEnds() throws IOException {
        int port = serve(Map.of());

        ManagedChannel channel =
                keep(CertifiedChannel.showing(AGENTS.clientUntil(Instant.now().plusSeconds(3), AGENT), port));

        // On a slow machine it may have ended before it was shown.
        await().until(() -> List.of(ConnectivityState.READY, ConnectivityState.TRANSIENT_FAILURE)
                .contains(channel.getState(true)));
        awaitClosed(channel);
    }

    @Test
    void whereACertificateIsRequiredNobodyComesInWithout() throws IOException {
        int port = serve(Map.of("sallyport.grpc.tls.client-certificates", "require"));

        awaitOpen(keep(CertifiedChannel.showing(AGENTS.client(AGENT), port)));
        ManagedChannel none = keep(CertifiedChannel.showingNone(port));
        await().until(() -> none.getState(true) == ConnectivityState.TRANSIENT_FAILURE);
    }

    @Test
    void oneTooManyFromAnAddressIsClosedAtOnceAndThereIsRoomAgainLater() throws IOException {
        int port = serve(Map.of("sallyport.grpc.limits.connections-per-address", "1"));
        ManagedChannel first = keep(CertifiedChannel.showingNone(port));
        awaitOpen(first);

        ManagedChannel second = keep(CertifiedChannel.showingNone(port));
        await().until(() -> second.getState(true) == ConnectivityState.TRANSIENT_FAILURE);
        first.shutdownNow();

        await().until(() -> {
            second.resetConnectBackoff();
            return second.getState(true) == ConnectivityState.READY;
        });
    }

    @Test
    void aConnectionOnWhichNothingIsAskedForIsClosed() throws IOException {
        int port = serve(Map.of("sallyport.grpc.limits.idle", "300ms"));

        ManagedChannel channel = keep(CertifiedChannel.showing(AGENTS.client(AGENT), port));

        awaitOpen(channel);
        awaitClosed(channel);
    }

    @Test
    void noHandshakeIsResumed() throws IOException {
        int port = serve(Map.of());
        SSLContext context = AGENTS.client(AGENT).context(AgentTlsResource.SERVERS);

        long first = begun(context, port);

        assertThat(begun(context, port)).isGreaterThan(first);
    }

    /** When the session began: the same where it is that of an earlier connection. */
    private static long begun(SSLContext context, int port) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            // What the server says at first comes behind the tickets that it gives out, if any.
            assertThat(socket.getInputStream().read()).isNotNegative();
            return socket.getSession().getCreationTime();
        }
    }

    private static void awaitOpen(ManagedChannel channel) {
        await().until(() -> channel.getState(true) == ConnectivityState.READY);
    }

    private static void awaitClosed(ManagedChannel channel) {
        await().until(() -> channel.getState(false) != ConnectivityState.READY);
    }

    private ManagedChannel keep(ManagedChannel channel) {
        opened.add(channel::shutdownNow);
        return channel;
    }

    private int serve(Map<String, String> more) throws IOException {
        SmallRyeConfig config = config(more);
        AgentTls tls = AgentTls.of(config.getConfigMapping(TlsSettings.class));
        TransportSettings settings = config.getConfigMapping(TransportSettings.class);
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        new AgentTransport(settings, tls, new AgentConnections(settings, tls)).customize(builder);
        Server server = builder.build().start();
        opened.add(server::shutdownNow);
        return server.getPort();
    }

    private static SmallRyeConfig config(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(new AgentTlsResource().start());
        values.putAll(more);
        return new SmallRyeConfigBuilder()
                .withMapping(TlsSettings.class)
                .withMapping(TransportSettings.class)
                .addDiscoveredConverters()
                .withDefaultValues(values)
                .build();
    }
}
