package io.sallyport.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** A client that speaks HTTP/2 in the clear from the start. */
public final class Http2Client implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final io.vertx.core.http.HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    /** Status and body, by a space between. */
    public String get(int port, String host, String path) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                        .setHost(host)
                        .setPort(80)
                        .setURI(path))
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> said(answer.statusCode(), body)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static String said(int status, Buffer body) {
        return status + " " + body;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
