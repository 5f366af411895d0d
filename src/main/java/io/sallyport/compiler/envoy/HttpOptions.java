package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.stream.Stream;

/** What is spoken to an upstream of HTTP, and the guard that judges each of its addresses. */
final class HttpOptions {
    private HttpOptions() {}

    static HttpProtocolOptions guarded(Upstream upstream, AddressGuard guard) {
        return filtered(
                upstream,
                isGuardedByChoice(upstream)
                        ? List.of(HttpFilters.inline("envoy.filters.http.upstream_rbac", guard.filter()))
                        : List.of());
    }

    /** Where somebody else checks the addresses. */
    static HttpProtocolOptions unguarded(Upstream upstream) {
        return filtered(upstream, List.of());
    }

    // The guards come first: what they refuse is shown no credential.
    private static HttpProtocolOptions filtered(Upstream upstream, List<HttpFilter> guard) {
        List<HttpFilter> filters = Stream.of(
                        guard.stream(),
                        VerificationGuard.of(upstream).map(end -> HttpFilters.inline(VerificationGuard.NAME, end)),
                        upstream.injection().stream().map(InjectedCredential::of))
                .flatMap(some -> some)
                .toList();
        HttpProtocolOptions options = with(upstream, HttpSpoken.options(upstream));
        return filters.isEmpty()
                ? options
                : options.toBuilder()
                        .addAllHttpFilters(filters)
                        .addHttpFilters(HttpFilters.inline(
                                "envoy.filters.http.upstream_codec", UpstreamCodec.getDefaultInstance()))
                        .build();
    }

    /** Without any filters: for those who read nothing. */
    static HttpProtocolOptions ofChecks(Upstream upstream, List<HealthCheck> checks) {
        return with(upstream, HttpSpoken.optionsOfChecks(upstream, checks));
    }

    private static HttpProtocolOptions with(Upstream upstream, HttpProtocolOptions.Builder options) {
        Connection connection = upstream.settings().connection();
        return options.setCommonHttpProtocolOptions(io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.newBuilder()
                        .setIdleTimeout(Durations.of(connection.idleTimeout())))
                .build();
    }

    // Static endpoints are checked when they are written, and a cache leaves out what is refused.
    private static boolean isGuardedByChoice(Upstream upstream) {
        return switch (upstream.resolution()) {
            case STATIC -> !upstream.settings().addressGuard().isEmpty();
            case DYNAMIC -> false;
            case DNS, ORIGINAL -> true;
        };
    }
}
