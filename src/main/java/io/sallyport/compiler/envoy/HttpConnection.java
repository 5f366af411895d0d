package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.HeadersWithUnderscoresAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.InternalAddressConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.sallyport.domain.gateway.Listener;

/** What reads the HTTP of a listener. */
final class HttpConnection {
    private static final Duration CONNECTION_IDLE = seconds(3600);
    private static final Duration STREAM_IDLE = seconds(300);
    private static final Duration REQUEST_HEADERS = seconds(30);
    private static final Duration DELAYED_CLOSE = seconds(1);

    // What is cut is not waited for.
    private static final Duration CUT_CLOSE =
            Duration.newBuilder().setNanos(100_000_000).build();

    private HttpConnection() {}

    static HttpConnectionManager of(HttpSkeleton skeleton, String fingerprint) {
        var manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(skeleton.name())
                .setRds(Rds.newBuilder().setRouteConfigName(skeleton.name()).setConfigSource(Discovery.ofRoutes()))
                .addAllHttpFilters(HttpFilters.of(skeleton))
                .addAllAccessLog(HttpLogs.ofRequests(skeleton, fingerprint))
                .setLocalReplyConfig(LocalReplies.of(skeleton))
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"));
        if (skeleton.listener().protocol() == Listener.Protocol.CONNECT) {
            acceptTunnels(manager);
        }
        hygiene(timeouts(manager));
        if (skeleton.maxHeadersKb() > 0) {
            manager.setMaxRequestHeadersKb(UInt32Value.of(skeleton.maxHeadersKb()));
        }
        return skeleton.cuts() ? manager.setDelayedCloseTimeout(CUT_CLOSE).build() : manager.build();
    }

    /** Behind a listener that has decided; each connection is one grant's. */
    static HttpConnectionManager behind(HttpSkeleton skeleton) {
        String name = ResourceNames.cut(skeleton.listener());
        var manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRds(Rds.newBuilder().setRouteConfigName(name).setConfigSource(Discovery.ofRoutes()))
                .addAllHttpFilters(HttpFilters.behind(skeleton))
                .setLocalReplyConfig(LocalReplies.of(skeleton))
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"));
        acceptTunnels(manager);
        return hygiene(timeouts(manager))
                .setUseRemoteAddress(BoolValue.of(false))
                .setDelayedCloseTimeout(CUT_CLOSE)
                .build();
    }

    private static void acceptTunnels(HttpConnectionManager.Builder manager) {
        manager.addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType(TunnelRoutes.CONNECT))
                .getHttp2ProtocolOptionsBuilder()
                .setAllowConnect(true);
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

    // How long a flow may be idle or last is said by its route.
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
