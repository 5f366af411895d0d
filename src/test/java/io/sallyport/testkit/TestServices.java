package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.rpc.Status;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationImplBase;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceImplBase;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Services that gateways ask, over gRPC and HTTP: one lets whoever is {@code good} through, by the header {@code x-user};
 * one lets everything through once.
 */
public final class TestServices implements AutoCloseable {
    private final Server grpc;
    private final HttpServer http;
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> counted = new ConcurrentHashMap<>();

    private TestServices() throws IOException {
        var loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        grpc = NettyServerBuilder.forAddress(loopback)
                .addService(new Judge())
                .addService(new Counter())
                .build()
                .start();
        http = HttpServer.create(loopback, 0);
        http.createContext("/", this::judge);
        http.start();
    }

    public static TestServices start() {
        try {
            return new TestServices();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int grpcPort() {
        return grpc.getPort();
    }

    public int httpPort() {
        return http.getAddress().getPort();
    }

    /** What was asked about so far: paths and headers. */
    public List<String> shown() {
        return List.copyOf(shown);
    }

    /** What was counted so far: domains and descriptors. */
    public List<String> counted() {
        return List.copyOf(counted.keySet());
    }

    private void judge(HttpExchange exchange) throws IOException {
        shown.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().keySet() + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        boolean isGood = "good".equals(exchange.getRequestHeaders().getFirst("x-user"));
        exchange.getResponseHeaders().set("x-judged", "yes");
        exchange.getResponseHeaders().set("x-other", "a");
        byte[] body = "judged".getBytes(UTF_8);
        exchange.sendResponseHeaders(isGood ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        grpc.shutdownNow();
        http.stop(0);
    }

    private final class Judge extends AuthorizationImplBase {
        @Override
        public void check(CheckRequest request, StreamObserver<CheckResponse> answers) {
            var asked = request.getAttributes().getRequest().getHttp();
            shown.add(asked.getPath() + " " + asked.getHeadersMap().keySet() + " " + asked.getBody());
            boolean isGood = "good".equals(asked.getHeadersMap().get("x-user"));
            CheckResponse.Builder answer =
                    CheckResponse.newBuilder().setStatus(Status.newBuilder().setCode(isGood ? 0 : 7));
            if (isGood) {
                answer.setOkResponse(OkHttpResponse.newBuilder()
                        .addHeaders(header("x-judged", "yes"))
                        .addHeaders(header("x-other", "a"))
                        .addHeaders(header("x-sallyport-destination", "0/free.test:80")));
            }
            answers.onNext(answer.build());
            answers.onCompleted();
        }

        private static HeaderValueOption header(String name, String value) {
            return HeaderValueOption.newBuilder()
                    .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                    .build();
        }
    }

    private final class Counter extends RateLimitServiceImplBase {
        @Override
        public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> answers) {
            String entries = request.getDescriptors(0).getEntriesList().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(", ", "[", "]"));
            boolean isFirst = counted.put(request.getDomain() + " " + entries, true) == null;
            answers.onNext(RateLimitResponse.newBuilder()
                    .setOverallCode(isFirst ? RateLimitResponse.Code.OK : RateLimitResponse.Code.OVER_LIMIT)
                    .build());
            answers.onCompleted();
        }
    }
}
