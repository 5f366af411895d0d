package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.sallyport.domain.gateway.Listener;

/**
 * A listener that reads HTTP, over TLS where it ends any. A skeleton: no host and no rule changes it, for a changed
 * listener drains its connections.
 */
final class HttpListener {
    private static final Duration FOR_FIRST_BYTES =
            Duration.newBuilder().setSeconds(15).build();

    private HttpListener() {}

    static io.envoyproxy.envoy.config.listener.v3.Listener of(HttpSkeleton skeleton) {
        return Fingerprint.onto(fingerprint -> message(skeleton, fingerprint));
    }

    private static io.envoyproxy.envoy.config.listener.v3.Listener.Builder message(
            HttpSkeleton skeleton, String fingerprint) {
        Listener listener = skeleton.listener();
        var envoy = io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(skeleton.name())
                .setAddress(Addresses.socket(listener.address().value(), listener.port()))
                .addAllListenerFilters(ListenerFilters.of(listener))
                .addFilterChains(chain(skeleton, fingerprint));
        if (mayEndBeforeRequests(skeleton)) {
            envoy.addAllAccessLog(HttpLogs.ofConnections(skeleton, fingerprint));
        }
        if (envoy.getListenerFiltersCount() > 0) {
            envoy.setListenerFiltersTimeout(FOR_FIRST_BYTES);
        }
        return envoy;
    }

    private static boolean mayEndBeforeRequests(HttpSkeleton skeleton) {
        Listener listener = skeleton.listener();
        return !listener.tls().isEmpty()
                || listener.acceptsProxyProtocol()
                || !skeleton.conduct().limits().maxConnections().isEmpty();
    }

    private static FilterChain chain(HttpSkeleton skeleton, String fingerprint) {
        FilterChain.Builder chain = FilterChain.newBuilder()
                .setName("http")
                .addAllFilters(ConnectionFilters.limitSeen(
                        skeleton.name(), skeleton.conduct().limits()));
        skeleton.listener().tls().forEach(tls -> chain.setTransportSocket(DownstreamTls.of(tls)));
        return chain.addFilters(ConnectionFilters.inline(
                        "envoy.filters.network.http_connection_manager", HttpConnection.of(skeleton, fingerprint)))
                .build();
    }
}
