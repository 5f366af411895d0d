package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryPriority;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue.SharedWithUpstream;
import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.snapshot.Upstream;

/** What a route says beyond the name of a cluster, so that a request reaches its upstream and nothing else. */
record Departure(WayOut wayOut, FlowBounds bounds) {
    /** The filter by which routes tell a cluster where a request is to go. */
    static final String WAY = "sallyport/way";

    /** What a request is to be known as from here on: whole URLs are made of it. */
    static final String AUTHORITY = "x-sallyport-authority";

    private static final int ATTEMPTS_TO_FIND_ANOTHER_HOST = 3;
    private static final String HOST = "%CEL(re.extract(request.host, '^([^:]+)(:.*)?$', '\\\\1'))%";

    /** That route, leading requests to the upstream. */
    Route.Builder to(Upstream upstream, Route.Builder route) {
        route.setRoute(action(upstream, upstream.name()));
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION -> connecting(upstream, route);
            case TUNNEL -> tunnelling(upstream, route);
            case WHOLE_URL -> asking(upstream, route);
        };
    }

    /** That route, leading the bytes of a tunnel there. */
    Route.Builder ofTunnel(Upstream upstream, Route.Builder route) {
        return switch (wayOut.ofRequests(upstream)) {
            case CONNECTION, TUNNEL -> to(upstream, route);
            case WHOLE_URL ->
                tunnelling(upstream, route.setRoute(action(upstream, ResourceNames.TUNNEL + upstream.name())));
        };
    }

    private static Route.Builder connecting(Upstream upstream, Route.Builder route) {
        String port = upstream.targetPort().toString();
        return switch (upstream.resolution()) {
            case STATIC, DNS -> route;
            // The port is the destination's, whatever the request says: a cache would take the authority's.
            case DYNAMIC ->
                way(
                        route,
                        state("envoy.upstream.dynamic_host", HOST).build(),
                        state("envoy.upstream.dynamic_port", port).build());
            // What is no address is not written down, and then there is nowhere to go.
            case ORIGINAL ->
                way(
                        route,
                        state("envoy.network.transport_socket.original_dst_address", HOST + ":" + port)
                                .build());
        };
    }

    private static Route.Builder tunnelling(Upstream upstream, Route.Builder route) {
        return switch (upstream.resolution()) {
            case STATIC, DNS -> route;
            case DYNAMIC, ORIGINAL ->
                way(
                        route,
                        state(ProxyTunnel.PLACE, HOST + ":" + upstream.targetPort())
                                .setFactoryKey("envoy.hashable_string")
                                .setSharedWithUpstream(SharedWithUpstream.ONCE)
                                .build());
        };
    }

    // The URL is made of the authority, so that has to say the port that is meant.
    private static Route.Builder asking(Upstream upstream, Route.Builder route) {
        boolean isUsual = upstream.targetPort().value() == 80;
        route.getRouteBuilder().setHostRewriteHeader(AUTHORITY);
        return route.addRequestHeadersToAdd(HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder()
                        .setKey(AUTHORITY)
                        .setValue(isUsual ? HOST : HOST + ":" + upstream.targetPort()))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD));
    }

    private RouteAction action(Upstream upstream, String cluster) {
        var action = RouteAction.newBuilder().setCluster(cluster);
        LoadBalancer balancer = upstream.settings().loadBalancer();
        if (balancer.policy().isHash()) {
            action.addHashPolicy(hashed(balancer));
        }
        int priorities = Endpoints.priorities(upstream);
        if (priorities > 1) {
            action.setRetryPolicy(failingOver(priorities - 1));
        }
        bounds.applyTo(action);
        return action.build();
    }

    private static HashPolicy hashed(LoadBalancer balancer) {
        var policy = HashPolicy.newBuilder();
        balancer.hashHeader()
                .forEach(name -> policy.setHeader(HashPolicy.Header.newBuilder().setHeaderName(name)));
        return balancer.hashHeader().isEmpty()
                ? policy.setConnectionProperties(
                                HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true))
                        .build()
                : policy.build();
    }

    // Only what never reached an upstream is sent again.
    private static RetryPolicy failingOver(int times) {
        return RetryPolicy.newBuilder()
                .setRetryOn("connect-failure")
                .setNumRetries(UInt32Value.of(times))
                .setRetryPriority(RetryPriority.newBuilder()
                        .setName("envoy.retry_priorities.previous_priorities")
                        .setTypedConfig(Encoding.any(PreviousPrioritiesConfig.newBuilder()
                                .setUpdateFrequency(1)
                                .build())))
                .addRetryHostPredicate(RetryHostPredicate.newBuilder()
                        .setName("envoy.retry_host_predicates.previous_hosts")
                        .setTypedConfig(Encoding.any(PreviousHostsPredicate.getDefaultInstance())))
                .setHostSelectionRetryMaxAttempts(ATTEMPTS_TO_FIND_ANOTHER_HOST)
                .build();
    }

    private static Route.Builder way(Route.Builder route, FilterStateValue... values) {
        Config.Builder state = Config.newBuilder();
        for (FilterStateValue value : values) {
            state.addOnRequestHeaders(value);
        }
        return route.putTypedPerFilterConfig(WAY, Encoding.any(state.build()));
    }

    private static FilterStateValue.Builder state(String key, String format) {
        return FilterStateValue.newBuilder()
                .setObjectKey(key)
                .setFormatString(SubstitutionFormatString.newBuilder()
                        .setTextFormatSource(DataSource.newBuilder().setInlineString(format)));
    }
}
