package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private final CertificateAuthority ca = CertificateAuthority.named("corp");

    @Test
    void bothSidesOfAHandshakeTrustWhatItSigned() throws Exception {
        SSLContext server =
                ca.intermediate("servers").server("localhost", "*.gate.example").context(ca);
        SSLContext client =
                ca.client("spiffe://corp.example/ns/shop/sa/checkout").context(ca);

        assertThat(shaken(server, client)).contains("spiffe://corp.example/ns/shop/sa/checkout");
    }

    @Test
    void anExpiredOneIsNotTrusted() {
        SSLContext server = ca.expired("localhost").context(ca);
        SSLContext client = ca.client("spiffe://corp.example/x").context(ca);

        assertThatThrownBy(() -> shaken(server, client)).isInstanceOf(SSLException.class);
    }

    /** Shakes hands on loopback, and gives the alternative names that the client showed. */
    private static String shaken(SSLContext server, SSLContext client) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<String> shown = CompletableFuture.supplyAsync(() -> peer(listening));
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return shown.get();
            }
        }
    }

    private static String peer(SSLServerSocket listening) {
        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
            accepted.startHandshake();
            var shown = (X509Certificate) accepted.getSession().getPeerCertificates()[0];
            return String.valueOf(shown.getSubjectAlternativeNames());
        } catch (IOException | CertificateParsingException failed) {
            return "nobody: " + failed;
        }
    }
}
