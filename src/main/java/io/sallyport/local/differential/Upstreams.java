package io.sallyport.local.differential;

import io.sallyport.local.SelfSigned;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A server for each port of each destination, which answers with its own port: HTTP/1.1 and HTTP/2, some over TLS. */
final class Upstreams implements AutoCloseable {
    static final String HEADER = "x-upstream";
    private static final int DESTINATIONS = 5;
    private static final int SERVICES = 5;
    private static final int PLAIN = 1000;
    private static final int SECURE = 2000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final List<SecureUpstream> secure = new ArrayList<>();
    private final Map<Integer, Integer> ports = new HashMap<>();

    private Upstreams() {}

    static Upstreams start(Path folder) {
        var upstreams = new Upstreams();
        var certificate =
                SelfSigned.create("x.example", folder.resolve("upstream.p12")).context();
        for (int destination = 0; destination < DESTINATIONS; destination++) {
            for (int service = 0; service < SERVICES; service++) {
                int logical = logicalPort(destination, service);
                upstreams.ports.put(logical, logical < SECURE ? upstreams.plain() : upstreams.secure(certificate));
            }
        }
        return upstreams;
    }

    /** The number by which states name it. */
    static int logicalPort(int destination, int service) {
        return (service == 1 ? SECURE : PLAIN) + destination * SERVICES + service;
    }

    /** The real port of each. */
    Map<Integer, Integer> ports() {
        return Map.copyOf(ports);
    }

    private int plain() {
        HttpServer server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0));
        server.requestHandler(request -> request.response()
                .putHeader(HEADER, Integer.toString(request.localAddress().port()))
                .end());
        return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private int secure(SSLContext certificate) {
        var server = SecureUpstream.start(certificate);
        secure.add(server);
        return server.port();
    }

    @Override
    public void close() throws IOException {
        for (SecureUpstream server : secure) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
