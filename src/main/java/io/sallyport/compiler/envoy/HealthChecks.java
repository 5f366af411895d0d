package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.GrpcHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.HttpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.TcpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.TlsOptions;
import io.envoyproxy.envoy.type.v3.CodecClientType;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/** How endpoints are asked whether they are well, at the same pace whether or not they have traffic. */
final class HealthChecks {
    private static final Int64Range SUCCESS =
            Int64Range.newBuilder().setStart(200).setEnd(300).build();

    private HealthChecks() {}

    /**
     * The checks of a cluster, of those that its port can answer. Only given addresses are checked: a check connects by
     * itself, so it would reach what the guard refuses of a name. Writes refuse that.
     */
    static List<HealthCheck> of(Upstream upstream, String host) {
        return switch (upstream.resolution()) {
            case STATIC ->
                upstream.settings().healthCheck().stream()
                        .filter(check -> check.kind().suits(upstream.protocol()))
                        .map(check -> of(check, upstream, host))
                        .toList();
            case DNS, DYNAMIC, ORIGINAL -> List.of();
        };
    }

    // Whom an HTTP or gRPC check asks for is the host, as requests do.
    private static HealthCheck of(io.sallyport.domain.destination.HealthCheck check, Upstream upstream, String host) {
        var result = HealthCheck.newBuilder()
                .setInterval(Durations.of(check.interval()))
                .setNoTrafficInterval(Durations.of(check.interval()))
                .setTimeout(Durations.of(check.timeout()))
                .setHealthyThreshold(UInt32Value.of(check.healthyThreshold()))
                .setUnhealthyThreshold(UInt32Value.of(check.unhealthyThreshold()));
        return switch (check.kind()) {
            case HTTP ->
                offering(HttpSpoken.to(upstream) == HttpSpoken.SECOND ? "h2" : "http/1.1", result, upstream)
                        .setHttpHealthCheck(http(check, upstream, host))
                        .build();
            case TCP ->
                result.setTcpHealthCheck(TcpHealthCheck.getDefaultInstance()).build();
            case GRPC ->
                offering("h2", result, upstream)
                        .setGrpcHealthCheck(GrpcHealthCheck.newBuilder().setAuthority(host))
                        .build();
        };
    }

    // A server of TLS has to be told which HTTP it is; one that is told nothing speaks the first.
    private static HealthCheck.Builder offering(String protocol, HealthCheck.Builder check, Upstream upstream) {
        boolean isUnderstood =
                protocol.equals("http/1.1") && upstream.tls().alpn().isEmpty();
        return upstream.isOverTls() && !isUnderstood
                ? check.setTlsOptions(TlsOptions.newBuilder().addAlpnProtocols(protocol))
                : check;
    }

    private static HttpHealthCheck http(
            io.sallyport.domain.destination.HealthCheck check, Upstream upstream, String host) {
        return HttpHealthCheck.newBuilder()
                .setHost(host)
                .setPath(check.path())
                .addExpectedStatuses(SUCCESS)
                .setCodecClientType(codec(HttpSpoken.to(upstream)))
                .build();
    }

    private static CodecClientType codec(HttpSpoken spoken) {
        return switch (spoken) {
            case SECOND -> CodecClientType.HTTP2;
            case FIRST, AS_CHOSEN, AS_BOTH_CAN -> CodecClientType.HTTP1;
        };
    }
}
