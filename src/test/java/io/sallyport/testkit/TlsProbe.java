package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks for a host by SNI, from an address of our choice, and says whether somebody answered. */
public final class TlsProbe {

    private TlsProbe() {}

    /** Whether a handshake with this SNI, and one request on it, went through a port of 127.0.0.1. */
    public static boolean passes(String from, int port, String sni) {
        return passes(from, port, List.of(new SNIHostName(sni)));
    }

    public static boolean passesWithoutSni(String from, int port) {
        return passes(from, port, List.of());
    }

    private static boolean passes(String from, int port, List<SNIHostName> names) {
        try (var tcp = new Socket()) {
            tcp.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            tcp.setSoTimeout(Patience.MILLIS);
            tcp.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), Patience.MILLIS);
            return asks(tcp, names);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean asks(Socket tcp, List<SNIHostName> names) {
        try (var tls = (SSLSocket) trustingAnyone().createSocket(tcp, null, tcp.getPort(), true)) {
            var parameters = tls.getSSLParameters();
            parameters.setServerNames(List.copyOf(names));
            tls.setSSLParameters(parameters);
            tls.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(ISO_8859_1));
            return new String(tls.getInputStream().readNBytes(12), ISO_8859_1).equals("HTTP/1.1 200");
        } catch (IOException refused) {
            return false;
        }
    }

    // A new one each time: it would resume an earlier session, and then ask for the name of that one.
    private static SSLSocketFactory trustingAnyone() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAnyone()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // The gateway passes TLS through unread: whose certificate comes back is not what these tests ask.
    private static final class TrustsAnyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
