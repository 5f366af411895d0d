package io.sallyport.local.differential;

import io.sallyport.domain.decision.Peer;
import io.sallyport.local.IssuedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS with a listener that ends it, with any server name and the certificate of the source. */
final class ClientTls {
    private final Map<Peer.Certificate, IssuedCertificate> certificates = new HashMap<>();

    /** Throws where the handshake comes to nothing, as far as a client gets to know of that. */
    SSLSocket over(Socket socket, List<Peer.Certificate> certificate, List<String> serverName, boolean isHttp2)
            throws IOException {
        var tls =
                (SSLSocket) context(certificate).getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(
                serverName.stream().<SNIServerName>map(AnyServerName::new).toList());
        parameters.setApplicationProtocols(new String[] {isHttp2 ? "h2" : "http/1.1"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    // A new one each time: who resumes a session says the server name of that one again.
    private SSLContext context(List<Peer.Certificate> certificate) {
        return certificate.isEmpty()
                ? Material.GATES.context()
                : certificates
                        .computeIfAbsent(certificate.getFirst(), ClientTls::issued)
                        .context(Material.GATES);
    }

    private static IssuedCertificate issued(Peer.Certificate certificate) {
        String someone = "spiffe://corp/ns/shop/w0";
        return switch (certificate) {
            case Peer.Certificate.Proven proven ->
                Material.CLIENTS.client(proven.uriSans().toArray(String[]::new));
            case Peer.Certificate.Unproven unproven ->
                switch (unproven.fault()) {
                    case UNTRUSTED -> Material.STRANGERS.client(someone);
                    case EXPIRED -> Material.CLIENTS.expiredClient(someone);
                    case NOT_YET_VALID -> Material.CLIENTS.futureClient(someone);
                };
        };
    }
}
