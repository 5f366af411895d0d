package io.sallyport.push.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.netty.channel.Channel;
import io.sallyport.domain.FailureException;
import io.sallyport.identity.CertificateAuthenticator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * All connections. One on which a certificate was shown is closed when that ends or is no longer trusted, a moment after
 * its streams have been told so: a client that kept it would be refused on it for ever, however new its certificate is by
 * now. Its maps are concurrent; an address with its port is one connection's alone while that is open.
 */
@Singleton
public final class AgentConnections extends ServerTransportFilter {
    /** Of the connection that a call came by. */
    public static final Attributes.Key<Refusals> REFUSALS = Attributes.Key.create("refusals");

    private static final Duration FOR_LAST_WORDS = Duration.ofMillis(100);

    private final TransportSettings settings;
    private final CertificateAuthenticator certificates;
    private final Map<SocketAddress, Channel> open = new ConcurrentHashMap<>();
    private final Map<Channel, Certified> certified = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    private record Certified(List<X509Certificate> chain, Instant since) {}

    @Inject
    AgentConnections(TransportSettings settings, CertificateAuthenticator certificates) {
        this.settings = settings;
        this.certificates = certificates;
        certificates.whenTrustChanges(() -> certified.forEach(this::judge));
    }

    /** Before anything is read of it. */
    void arrived(Channel channel) {
        SocketAddress peer = channel.remoteAddress();
        String address = address(peer);
        open.put(peer, channel);
        int count = byAddress.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener(ignored -> {
            open.remove(peer, channel);
            certified.remove(channel);
            byAddress.computeIfPresent(address, (key, known) -> known > 1 ? known - 1 : null);
        });
        if (count > settings.connectionsPerAddress()) {
            var _ = channel.close();
        }
    }

    @Override
    public Attributes transportReady(Attributes connection) {
        SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        SocketAddress peer = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        Channel channel = peer == null ? null : open.get(peer);
        if (session != null && channel != null) {
            watch(channel, PeerCertificates.of(session));
        }
        return connection.toBuilder()
                .set(REFUSALS, new Refusals(settings.refusalsPerSecond()))
                .build();
    }

    private void watch(Channel channel, List<X509Certificate> chain) {
        if (!chain.isEmpty()) {
            Certified connection = new Certified(chain, Instant.now());
            certified.put(channel, connection);
            judge(channel, connection);
        }
    }

    /** Of a call on a connection. */
    public void ended(Attributes connection, Status status) {
        SocketAddress peer = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        Channel channel = peer == null ? null : open.get(peer);
        Certified known = channel == null ? null : certified.get(channel);
        if (channel != null && known != null && isRefusal(status)) {
            Instant patience = known.since().plus(settings.refusedFor());
            if (Instant.now().isAfter(patience)) {
                closeAt(Instant.now(), channel);
            }
        }
    }

    private static boolean isRefusal(Status status) {
        return status.getCode() == Status.Code.UNAUTHENTICATED || status.getCode() == Status.Code.PERMISSION_DENIED;
    }

    // Asked again, a chain ends when it did before or earlier, and a channel can be closed twice.
    private void judge(Channel channel, Certified connection) {
        try {
            closeAt(certificates.authenticate(connection.chain()).validUntil(), channel);
        } catch (FailureException noLongerTrusted) {
            closeAt(Instant.now(), channel);
        }
    }

    private static void closeAt(Instant end, Channel channel) {
        Duration left = Duration.between(Instant.now(), end).plus(FOR_LAST_WORDS);
        Runnable closing = () -> {
            var _ = channel.close();
        };
        var _ = channel.eventLoop().schedule(closing, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static String address(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : String.valueOf(peer);
    }
}
