package io.sallyport.compiler.envoy;

import io.sallyport.testkit.EchoUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** Servers of HTTP over TLS at addresses of loopback. */
final class TlsServers {
    private TlsServers() {}

    static EchoUpstream at(String address, int port, SSLContext context, String... protocols) {
        return at(address, port, context, parameters -> {
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
        });
    }

    static EchoUpstream at(String address, int port, SSLContext context, Consumer<SSLParameters> asking) {
        try {
            var socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.ofLiteral(address));
            SSLParameters parameters = socket.getSSLParameters();
            asking.accept(parameters);
            socket.setSSLParameters(parameters);
            return EchoUpstream.serving(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
