package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ExtensionFilter;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One line of JSON for each request or passed-through connection: who, where, what was decided and by which rule. */
final class AccessLogs {
    private static final Map<String, String> COMMON = Map.of(
            "time", "%START_TIME%",
            "source", "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
            "sourcePort", "%DOWNSTREAM_DIRECT_REMOTE_PORT%",
            "upstream", "%UPSTREAM_HOST%",
            "cluster", "%UPSTREAM_CLUSTER_RAW%",
            "flags", "%RESPONSE_FLAGS%",
            "duration", "%DURATION%",
            "bytesReceived", "%BYTES_RECEIVED%",
            "bytesSent", "%BYTES_SENT%");

    private static final String COMPARED = "'envoy.filters.network.rbac' in metadata.filter_metadata";
    private static final String COMPARISON = "metadata.filter_metadata['envoy.filters.network.rbac']['"
            + InnerTruth.STATISTICS + "shadow_engine_result']";

    // What is not there must not be asked for: the whole expression would say nothing.
    private static final String CUT = "(has(connection.termination_details)"
            + " || has(connection.transport_failure_reason) && connection.transport_failure_reason != '')";

    private AccessLogs() {}

    /**
     * What was found inside of a tunnel: the rule is the one that let it in, the reason the one that cut it. The source
     * is as the outer listener knew it.
     */
    static List<AccessLog> ofTunnels(String listener) {
        return List.of(
                log(listener, fieldsOfTunnels()),
                // What was allowed is counted already: it was a request first.
                Report.ofConnections(listener, "", fieldsOfTunnels()).toBuilder()
                        .setFilter(where(CUT))
                        .build());
    }

    private static Map<String, String> fieldsOfTunnels() {
        return Map.of(
                "source",
                "%FILTER_STATE(" + TunnelState.SOURCE + ":PLAIN)%",
                "rule",
                "%FILTER_STATE(" + TunnelState.RULE + ":PLAIN)%",
                "host",
                "%FILTER_STATE(" + TunnelState.HOST + ":PLAIN)%",
                "serverName",
                "%REQUESTED_SERVER_NAME%",
                "action",
                "%CEL(" + CUT + " ? 'denied' : 'allowed')%",
                "reason",
                CelText.format(reasonOfTunnel()),
                "details",
                "%CONNECTION_TERMINATION_DETAILS%",
                "failure",
                "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%");
    }

    // What is inside is compared once it is known to be TLS.
    private static String reasonOfTunnel() {
        return "!(" + COMPARED + ") ? 'handshake' : " + COMPARISON + " == 'denied' ? 'other-name' : "
                + ConnectionLogs.failure();
    }

    /** Only what an expression in CEL is true of. */
    static AccessLogFilter where(String expression) {
        var filter = ExpressionFilter.newBuilder().setExpression(expression).build();
        return AccessLogFilter.newBuilder()
                .setExtensionFilter(ExtensionFilter.newBuilder()
                        .setName("envoy.access_loggers.extension_filters.cel")
                        .setTypedConfig(Encoding.any(filter)))
                .build();
    }

    /** A line with the fields that all have, and its own; they say what formatters of Envoy say. */
    static AccessLog log(String listener, Map<String, String> own) {
        Map<String, Value> fields = new TreeMap<>();
        fields.put("listener", text(listener));
        COMMON.forEach((name, format) -> fields.put(name, text(format)));
        own.forEach((name, format) -> fields.put(name, text(format)));
        var format = SubstitutionFormatString.newBuilder()
                .setJsonFormat(Struct.newBuilder().putAllFields(fields));
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.stdout")
                .setTypedConfig(Encoding.any(
                        StdoutAccessLog.newBuilder().setLogFormat(format).build()))
                .build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
