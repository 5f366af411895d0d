package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * Which HTTP is spoken to an upstream. Where a policy offers protocols (ALPN), it is the one that the upstream chose; else,
 * at a port of protocol HTTPS, what the workload speaks, so WebSocket and gRPC both find an upstream that can.
 */
enum HttpSpoken {
    FIRST,
    SECOND,
    AS_CHOSEN,
    AS_DOWNSTREAM;

    private static final String H2 = "h2";

    static HttpSpoken to(Upstream upstream) {
        if (upstream.protocol() == Protocol.HTTP2 || upstream.protocol() == Protocol.GRPC) {
            return SECOND;
        }
        List<String> offered = upstream.tls().alpn();
        if (!upstream.isOverTls() || (!offered.isEmpty() && !offered.contains(H2))) {
            return FIRST;
        }
        if (offered.isEmpty()) {
            return upstream.protocol() == Protocol.HTTPS ? AS_DOWNSTREAM : FIRST;
        }
        return offered.size() == 1 ? SECOND : AS_CHOSEN;
    }

    /** Options that say so, with the names of TLS where it is spoken. */
    static HttpProtocolOptions.Builder options(Upstream upstream) {
        HttpProtocolOptions.Builder options = to(upstream).options(http2(upstream));
        return upstream.isOverTls()
                ? options.setUpstreamHttpProtocolOptions(UpstreamHttpProtocolOptions.newBuilder()
                        .setAutoSni(UpstreamTls.sendsHost(upstream.tls()))
                        .setAutoSanValidation(UpstreamTls.findsHost(upstream.tls())))
                : options;
    }

    private HttpProtocolOptions.Builder options(Http2ProtocolOptions http2) {
        var options = HttpProtocolOptions.newBuilder();
        Http1ProtocolOptions http1 = Http1ProtocolOptions.getDefaultInstance();
        return switch (this) {
            case FIRST ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttpProtocolOptions(http1));
            case SECOND ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(http2));
            case AS_CHOSEN ->
                options.setAutoConfig(AutoHttpConfig.newBuilder()
                        .setHttpProtocolOptions(http1)
                        .setHttp2ProtocolOptions(http2));
            case AS_DOWNSTREAM ->
                options.setUseDownstreamProtocolConfig(UseDownstreamHttpConfig.newBuilder()
                        .setHttpProtocolOptions(http1)
                        .setHttp2ProtocolOptions(http2));
        };
    }

    private static Http2ProtocolOptions http2(Upstream upstream) {
        return Http2ProtocolOptions.newBuilder()
                .setMaxConcurrentStreams(
                        UInt32Value.of(upstream.settings().connection().maxConcurrentStreams()))
                .build();
    }
}
