package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an access log says, said to the control plane too, by {@code envoy.service.accesslog.v3}: the decision, and what
 * it was about. Its fields are those of the log, and mean the same.
 */
public final class Report {
    /** The cluster that bootstraps name the control plane by. Where it has another name, nothing is reported. */
    public static final String CONTROL_PLANE = "sallyport";

    public static final String LISTENER = "listener";
    /** The {@link Fingerprint} of the listener that wrote it. */
    public static final String FINGERPRINT = "fingerprint";

    public static final String RULE = "rule";
    public static final String ACTION = "action";
    public static final String REASON = "reason";
    public static final String AUTHORIZATION = "authorization";
    public static final String SOURCE = "source";
    public static final String IDENTITY = "identity";
    public static final String ISSUER = "issuer";
    public static final String SUBJECT = "subject";
    public static final String HOST = "host";
    public static final String SERVER_NAME = "serverName";
    public static final String METHOD = "method";
    public static final String PATH = "path";
    public static final String STATUS = "status";

    // What is plain is only counted.
    private static final Set<String> COUNTED = Set.of(RULE, ACTION);
    private static final Set<String> TOLD = Set.of(
            RULE,
            ACTION,
            REASON,
            AUTHORIZATION,
            SOURCE,
            IDENTITY,
            ISSUER,
            SUBJECT,
            HOST,
            SERVER_NAME,
            METHOD,
            PATH,
            STATUS);
    private static final Duration SOON =
            Duration.newBuilder().setNanos(500_000_000).build();

    private Report() {}

    /** Of requests that there is nothing to say about. */
    static AccessLog counting(String listener, Map<String, String> fields) {
        return http(common(Map.of(LISTENER, listener), fields, COUNTED));
    }

    static AccessLog ofRequests(String listener, String fingerprint, Map<String, String> fields) {
        return http(common(Map.of(LISTENER, listener, FINGERPRINT, fingerprint), fields, TOLD));
    }

    static AccessLog ofConnections(String listener, String fingerprint, Map<String, String> fields) {
        var config = TcpGrpcAccessLogConfig.newBuilder()
                .setCommonConfig(common(Map.of(LISTENER, listener, FINGERPRINT, fingerprint), fields, TOLD));
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.tcp_grpc")
                .setTypedConfig(Encoding.any(config.build()))
                .build();
    }

    private static AccessLog http(CommonGrpcAccessLogConfig common) {
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.http_grpc")
                .setTypedConfig(Encoding.any(HttpGrpcAccessLogConfig.newBuilder()
                        .setCommonConfig(common)
                        .build()))
                .build();
    }

    private static CommonGrpcAccessLogConfig common(
            Map<String, String> literals, Map<String, String> fields, Set<String> wanted) {
        List<CustomTag> tags = new TreeMap<>(fields)
                .entrySet().stream()
                        .filter(field -> wanted.contains(field.getKey()))
                        .map(field -> tag(field.getKey(), field.getValue()))
                        .toList();
        return CommonGrpcAccessLogConfig.newBuilder()
                .setLogName(CONTROL_PLANE)
                .setTransportApiVersion(ApiVersion.V3)
                .setGrpcService(GrpcService.newBuilder()
                        .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder().setClusterName(CONTROL_PLANE)))
                .setBufferFlushInterval(SOON)
                .addAllCustomTags(new TreeMap<>(literals)
                        .entrySet().stream()
                                // A text of Envoy's has at least one character.
                                .filter(literal -> !literal.getValue().isEmpty())
                                .map(literal -> literal(literal.getKey(), literal.getValue()))
                                .toList())
                .addAllCustomTags(tags)
                .build();
    }

    // What is no format is a text as it is, which costs least.
    private static CustomTag tag(String name, String format) {
        return format.contains("%")
                ? NewerFields.formatted(CustomTag.newBuilder().setTag(name), format)
                        .build()
                : literal(name, format);
    }

    private static CustomTag literal(String name, String value) {
        return CustomTag.newBuilder()
                .setTag(name)
                .setLiteral(CustomTag.Literal.newBuilder().setValue(value))
                .build();
    }
}
