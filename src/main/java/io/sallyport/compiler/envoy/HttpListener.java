package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.HeadersWithUnderscoresAction;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.InternalAddressConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.sallyport.domain.gateway.Listener;

/** An HTTP listener. A skeleton: no host and no rule changes it, for a changed listener drains its connections. */
final class HttpListener {
    private static final Duration CONNECTION_IDLE = seconds(3600);
    private static final Duration STREAM_IDLE = seconds(300);
    private static final Duration REQUEST_HEADERS = seconds(30);
    private static final Duration DELAYED_CLOSE = seconds(1);

    private HttpListener() {}

    static io.envoyproxy.envoy.config.listener.v3.Listener of(Listener listener, int ruleBuckets) {
        Filter manager = Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Encoding.any(connectionManager(listener, ruleBuckets)))
                .build();
        return io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(listener.name().value())
                .setAddress(Addresses.socket(listener.address().value(), listener.port()))
                .addFilterChains(FilterChain.newBuilder().setName("http").addFilters(manager))
                .build();
    }

    private static HttpConnectionManager connectionManager(Listener listener, int ruleBuckets) {
        var manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(listener.name().value())
                .setRds(Rds.newBuilder()
                        .setRouteConfigName(listener.name().value())
                        .setConfigSource(Discovery.ofRoutes()))
                .addAllHttpFilters(HttpFilters.of(listener, ruleBuckets))
                .addAccessLog(AccessLogs.ofRequests(listener.name().value()))
                .setLocalReplyConfig(LocalReplies.namingTheRule())
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"));
        return hygiene(timeouts(manager)).build();
    }

    // The peer's address is who the source is: nothing that a client writes may stand for it, or be sent on.
    private static HttpConnectionManager.Builder hygiene(HttpConnectionManager.Builder manager) {
        return manager.setUseRemoteAddress(BoolValue.of(true))
                .setInternalAddressConfig(InternalAddressConfig.getDefaultInstance())
                .setSkipXffAppend(true)
                .setGenerateRequestId(BoolValue.of(false))
                .setStripTrailingHostDot(true)
                .setNormalizePath(BoolValue.of(false))
                .setServerHeaderTransformation(ServerHeaderTransformation.PASS_THROUGH);
    }

    private static HttpConnectionManager.Builder timeouts(HttpConnectionManager.Builder manager) {
        return manager.setCommonHttpProtocolOptions(HttpProtocolOptions.newBuilder()
                        .setIdleTimeout(CONNECTION_IDLE)
                        .setHeadersWithUnderscoresAction(HeadersWithUnderscoresAction.ALLOW))
                .setStreamIdleTimeout(STREAM_IDLE)
                .setRequestHeadersTimeout(REQUEST_HEADERS)
                .setRequestTimeout(Duration.getDefaultInstance())
                .setDelayedCloseTimeout(DELAYED_CLOSE);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
