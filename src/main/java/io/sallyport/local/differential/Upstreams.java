package io.sallyport.local.differential;

import io.sallyport.local.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * A server for each port of each destination, at each address of {@link Names}; it answers with its own address and port:
 * HTTP/1.1 and HTTP/2, some over TLS. All connections are counted, at addresses that are refused above all.
 */
final class Upstreams implements AutoCloseable {
    static final String HEADER = "x-upstream";
    private static final List<String> CHANGED = List.of("x-reply", "x-internal", "x-more");
    private static final int DESTINATIONS = 5;
    private static final int SERVICES = 6;
    private static final int NUMBERED = 5;
    private static final Set<Integer> SPEAKING_HTTP = Set.of(0, 3, 4);
    private static final int PLAIN = 1000;
    private static final int SECURE = 2000;
    private static final int ORIGINATED = 3000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final List<SecureUpstream> secure = new ArrayList<>();
    private final Map<Integer, Integer> ports = new HashMap<>();
    private final Map<String, Integer> connections = new ConcurrentHashMap<>();

    private Upstreams() {}

    static Upstreams start() {
        var upstreams = new Upstreams();
        SSLContext certificate = Material.upstream().context(Material.UPSTREAMS);
        for (int destination = 0; destination < DESTINATIONS; destination++) {
            for (int service = 0; service < SERVICES; service++) {
                int logical = logicalPort(destination, service);
                int real = Ports.free();
                upstreams.ports.put(logical, real);
                for (String address : Names.addresses()) {
                    upstreams.start(address, real, SPEAKING_HTTP.contains(service), certificate);
                }
            }
        }
        return upstreams;
    }

    /** The number by which states name it: the second service is TLS, the last HTTPS. */
    static int logicalPort(int destination, int service) {
        return switch (service) {
            case 1 -> SECURE + destination * NUMBERED + service;
            case NUMBERED -> ORIGINATED + destination;
            default -> PLAIN + destination * NUMBERED + service;
        };
    }

    /** The real port of each. */
    Map<Integer, Integer> ports() {
        return Map.copyOf(ports);
    }

    /** How many connections there were at each address, since the beginning. */
    Map<String, Integer> connections() {
        return Map.copyOf(connections);
    }

    /** The addresses at which there are more than there were. */
    Set<String> connectedSince(Map<String, Integer> before) {
        Set<String> addresses = new TreeSet<>();
        connections.forEach((address, count) -> {
            if (count > before.getOrDefault(address, 0)) {
                addresses.add(address);
            }
        });
        return addresses;
    }

    // The others take whatever comes: what is no HTTP in a tunnel for bytes has to have an answer too.
    private void start(String address, int port, boolean isOfHttp, SSLContext certificate) {
        if (isOfHttp) {
            plain(address, port);
        } else {
            secure.add(SecureUpstream.start(address, port, certificate, () -> count(address)));
        }
    }

    private void count(String address) {
        connections.merge(address, 1, Integer::sum);
    }

    private void plain(String address, int port) {
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost(address).setPort(port));
        server.connectionHandler(connection -> count(address));
        server.requestHandler(request -> answer(request, address + ":" + port));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    private static void answer(HttpServerRequest request, String place) {
        request.endHandler(all -> {
            saying(place).forEach(request.response()::putHeader);
            request.response()
                    .putHeader(Received.HEADER, received(request).encoded())
                    .end();
        });
    }

    private static Received received(HttpServerRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> Received.put(headers, name.toLowerCase(Locale.ROOT), value));
        String host = headers.remove("host");
        return new Received(
                request.method().name(),
                host == null ? String.valueOf(request.authority()) : host,
                request.uri(),
                headers);
    }

    /** What is in every answer, which gateways may be told to change. */
    static SortedMap<String, String> saying(String place) {
        return new TreeMap<>(Map.of(HEADER, place, "x-reply", "upstream", "x-internal", "upstream"));
    }

    /** Whether answers say the same in what gateways may be told to change. */
    static boolean areAlike(SortedMap<String, String> wanted, SortedMap<String, String> found) {
        return CHANGED.stream().allMatch(name -> Objects.equals(wanted.get(name), found.get(name)));
    }

    @Override
    public void close() throws IOException {
        for (SecureUpstream server : secure) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
