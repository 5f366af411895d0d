package io.sallyport.compiler.envoy;

import io.sallyport.testkit.EchoUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Servers of HTTP over TLS at addresses of loopback. */
final class TlsServers {
    private TlsServers() {}

    static EchoUpstream at(String address, int port, SSLContext context, String... protocols) {
        try {
            var socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.ofLiteral(address));
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return EchoUpstream.serving(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
