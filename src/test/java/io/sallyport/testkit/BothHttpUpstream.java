package io.sallyport.testkit;

import io.sallyport.local.IssuedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.TimeUnit;

/** A web server that speaks both versions of HTTP over TLS, WebSocket in the first alone, and says which was asked for. */
public final class BothHttpUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();

    private BothHttpUpstream(String address, int port, IssuedCertificate certificate) {
        var key = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.chain()))
                .addKeyValue(Buffer.buffer(certificate.privateKey()));
        vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(key))
                .webSocketHandler(socket -> socket.handler(socket::write))
                .requestHandler(
                        request -> request.response().end(request.version().name()))
                .listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    public static BothHttpUpstream at(String address, int port, IssuedCertificate certificate) {
        return new BothHttpUpstream(address, port, certificate);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
