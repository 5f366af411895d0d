package io.sallyport.testkit;

import io.sallyport.local.IssuedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.TimeUnit;

/**
 * A web server that speaks both versions of HTTP over TLS, WebSocket in the first alone, and says which was asked for. It
 * upgrades by itself: a Quarkus that ran in the same process before has switched the WebSockets of Vert.x off for good
 * (the property {@code vertx.disableWebsockets}, which is read once).
 */
public final class BothHttpUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();

    private BothHttpUpstream(String address, int port, IssuedCertificate certificate) {
        var key = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.chain()))
                .addKeyValue(Buffer.buffer(certificate.privateKey()));
        vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(key))
                .requestHandler(BothHttpUpstream::answer)
                .listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static void answer(HttpServerRequest request) {
        boolean isUpgrade = request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
        if (isUpgrade && request.version() == HttpVersion.HTTP_1_1) {
            request.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                    .putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            var _ = request.toNetSocket().onSuccess(socket -> socket.handler(socket::write));
        } else {
            var _ = request.response().end(request.version().name());
        }
    }

    public static BothHttpUpstream at(String address, int port, IssuedCertificate certificate) {
        return new BothHttpUpstream(address, port, certificate);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
