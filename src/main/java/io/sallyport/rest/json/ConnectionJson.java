package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.Connection.KeepAlive;
import java.time.Duration;
import java.util.Optional;

/** How a gateway connects to a destination, in JSON. */
final class ConnectionJson {
    private static final Duration LONGEST_IDLE = Duration.ofHours(99_999);

    private ConnectionJson() {}

    static Optional<Connection> read(Place place) {
        Fields fields = place.fields(
                "connectTimeout",
                "maxConnections",
                "maxPendingRequests",
                "maxRequests",
                "maxRetries",
                "keepAlive",
                "http2",
                "idleTimeout");
        Connection defaults = Connection.DEFAULT;
        Optional<Duration> connectTimeout = fields.optional(
                "connectTimeout", DurationJson.between(Duration.ofMillis(1), Connection.LONGEST_CONNECT));
        Optional<Integer> connections = fields.optional("maxConnections", item -> atLeast(item, 1));
        Optional<Integer> pending = fields.optional("maxPendingRequests", item -> atLeast(item, 0));
        Optional<Integer> requests = fields.optional("maxRequests", item -> atLeast(item, 1));
        Optional<Integer> retries = fields.optional("maxRetries", item -> atLeast(item, 0));
        Optional<KeepAlive> keepAlive = fields.optional("keepAlive", ConnectionJson::readKeepAlive);
        Optional<Integer> streams = fields.optional("http2", ConnectionJson::readHttp2);
        Optional<Duration> idleTimeout =
                fields.optional("idleTimeout", DurationJson.between(Duration.ofSeconds(1), LONGEST_IDLE));
        return fields.build(() -> new Connection(
                connectTimeout.orElse(defaults.connectTimeout()),
                connections.orElse(defaults.maxConnections()),
                pending.orElse(defaults.maxPendingRequests()),
                requests.orElse(defaults.maxRequests()),
                retries.orElse(defaults.maxRetries()),
                keepAlive.stream().toList(),
                streams.orElse(defaults.maxConcurrentStreams()),
                idleTimeout.orElse(defaults.idleTimeout())));
    }

    private static Optional<Integer> atLeast(Place place, int least) {
        return place.integer(least, Integer.MAX_VALUE);
    }

    private static Optional<KeepAlive> readKeepAlive(Place place) {
        Fields fields = place.fields("time", "interval", "probes");
        Optional<Duration> time =
                fields.optional("time", DurationJson.between(Duration.ofSeconds(1), KeepAlive.LONGEST));
        Optional<Duration> interval =
                fields.optional("interval", DurationJson.between(Duration.ofSeconds(1), KeepAlive.LONGEST));
        Optional<Integer> probes = fields.optional("probes", item -> item.integer(1, KeepAlive.MOST_PROBES));
        return fields.build(() -> new KeepAlive(
                time.orElse(KeepAlive.DEFAULT.time()),
                interval.orElse(KeepAlive.DEFAULT.interval()),
                probes.orElse(KeepAlive.DEFAULT.probes())));
    }

    private static Optional<Integer> readHttp2(Place place) {
        Fields fields = place.fields("maxConcurrentStreams");
        Optional<Integer> streams = fields.required("maxConcurrentStreams", item -> atLeast(item, 1));
        return fields.build(streams::orElseThrow);
    }

    static ObjectNode write(Connection connection) {
        ObjectNode result = Tree.object()
                .put("connectTimeout", DurationJson.text(connection.connectTimeout()))
                .put("maxConnections", connection.maxConnections())
                .put("maxPendingRequests", connection.maxPendingRequests())
                .put("maxRequests", connection.maxRequests())
                .put("maxRetries", connection.maxRetries());
        connection.keepAlive().forEach(keepAlive -> result.set("keepAlive", write(keepAlive)));
        result.putObject("http2").put("maxConcurrentStreams", connection.maxConcurrentStreams());
        return result.put("idleTimeout", DurationJson.text(connection.idleTimeout()));
    }

    private static ObjectNode write(KeepAlive keepAlive) {
        return Tree.object()
                .put("time", DurationJson.text(keepAlive.time()))
                .put("interval", DurationJson.text(keepAlive.interval()))
                .put("probes", keepAlive.probes());
    }
}
