package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * Which HTTP is spoken to an upstream. Over TLS it is the one that the upstream chose (ALPN). At a port of protocol HTTPS the
 * second is offered to those alone who speak it and upgrade nothing, unless a policy says what to offer: few who speak the
 * second know WebSocket in it.
 */
enum HttpSpoken {
    FIRST,
    SECOND,
    AS_CHOSEN,
    AS_BOTH_CAN;

    private static final String H2 = "h2";
    private static final String IS_UPGRADE = "'upgrade' in request.headers";
    private static final String IS_FIRST = "request.protocol.startsWith('HTTP/1')";

    static HttpSpoken to(Upstream upstream) {
        if (upstream.protocol() == Protocol.HTTP2 || upstream.protocol() == Protocol.GRPC) {
            return SECOND;
        }
        List<String> offered = upstream.tls().alpn();
        if (!upstream.isOverTls() || (!offered.isEmpty() && !offered.contains(H2))) {
            return FIRST;
        }
        if (offered.isEmpty()) {
            return upstream.protocol() == Protocol.HTTPS ? AS_BOTH_CAN : FIRST;
        }
        return offered.size() == 1 ? SECOND : AS_CHOSEN;
    }

    /** What is told with a request to an upstream, so that it is not offered what would not do. */
    static List<FilterStateValue> told(Upstream upstream) {
        return switch (to(upstream)) {
            case FIRST, SECOND -> List.of();
            case AS_CHOSEN -> List.of(offeringTheFirst(IS_UPGRADE));
            case AS_BOTH_CAN -> List.of(offeringTheFirst(IS_UPGRADE + " || " + IS_FIRST));
        };
    }

    private static FilterStateValue offeringTheFirst(String condition) {
        return Passage.state("envoy.network.application_protocols", CelText.where(condition, CelText.text("http/1.1")))
                .setSkipIfEmpty(true)
                .build();
    }

    /** Options that say so, with the names of TLS where it is spoken. */
    static HttpProtocolOptions.Builder options(Upstream upstream) {
        return to(upstream).optionsTo(upstream);
    }

    /** Of whoever asks by himself where all else is passed on unread: there is no choice to be had, so it is said. */
    static HttpProtocolOptions.Builder optionsOfChecks(Upstream upstream, List<HealthCheck> checks) {
        boolean second = to(upstream) == SECOND || checks.stream().anyMatch(HealthCheck::hasGrpcHealthCheck);
        return (second ? SECOND : FIRST).optionsTo(upstream);
    }

    private HttpProtocolOptions.Builder optionsTo(Upstream upstream) {
        HttpProtocolOptions.Builder options = options(http2(upstream));
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
            case AS_CHOSEN, AS_BOTH_CAN ->
                options.setAutoConfig(AutoHttpConfig.newBuilder()
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
