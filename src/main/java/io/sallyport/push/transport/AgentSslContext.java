package io.sallyport.push.transport;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sallyport.identity.mtls.AgentTls;
import io.sallyport.identity.mtls.KeptTls;
import io.sallyport.identity.mtls.ServerKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * TLS whose certificate and authorities change without a new server. No handshake is resumed: a resumed one would bring
 * back the certificate of before, where an agent has a new one.
 */
final class AgentSslContext {
    // Java gives out no tickets for sessions that last longer than RFC 8446 lets tickets (section 4.6.1: seven days).
    private static final Duration LONGER_THAN_ANY_TICKET = Duration.ofDays(8);

    private AgentSslContext() {}

    static SslContext of(AgentTls tls, KeptTls kept) {
        AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
        show(kept.key(), keys);
        kept.whenChanged(() -> show(kept.key(), keys));
        SslContextBuilder builder = SslContextBuilder.forServer(keys)
                .trustManager(tls.trust())
                .clientAuth(clientAuth(tls))
                .protocols("TLSv1.3")
                .sessionTimeout(LONGER_THAN_ANY_TICKET.toSeconds());
        try {
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (SSLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void show(ServerKey own, AdvancedTlsX509KeyManager keys) {
        keys.updateIdentityCredentials(own.chain().toArray(X509Certificate[]::new), own.key());
    }

    private static ClientAuth clientAuth(AgentTls tls) {
        return switch (tls.asked()) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
