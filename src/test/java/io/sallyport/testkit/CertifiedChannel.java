package io.sallyport.testkit;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.sallyport.local.IssuedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Channels to the control plane of {@link AgentTlsResource}. */
public final class CertifiedChannel {
    private CertifiedChannel() {}

    public static ManagedChannel showing(IssuedCertificate certificate, int port) {
        return channel(GrpcSslContexts.forClient().keyManager(certificate.key(), certificate.certificates()), port);
    }

    public static ManagedChannel showingNone(int port) {
        return channel(GrpcSslContexts.forClient(), port);
    }

    private static ManagedChannel channel(SslContextBuilder context, int port) {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .overrideAuthority(AgentTlsResource.SERVER)
                    .sslContext(context.trustManager(AgentTlsResource.SERVERS.root())
                            .build())
                    .build();
        } catch (SSLException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a new connection is shown. */
    public static X509Certificate shown(int port) {
        try (var socket = (SSLSocket)
                AgentTlsResource.SERVERS.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
