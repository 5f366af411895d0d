package io.sallyport.local.differential;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The first message of a TLS handshake, for any server name whatsoever. */
final class ClientHello {
    /** The application protocol by which {@link SecureUpstream} knows that it may answer in the clear. */
    static final String MARK = "sallyport-trial";

    private ClientHello() {}

    static byte[] of(List<String> serverName) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(
                    serverName.stream().<SNIServerName>map(AnyServerName::new).toList());
            parameters.setApplicationProtocols(new String[] {MARK});
            engine.setSSLParameters(parameters);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] bytes = new byte[hello.flip().remaining()];
            hello.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException | java.security.KeyManagementException | SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
