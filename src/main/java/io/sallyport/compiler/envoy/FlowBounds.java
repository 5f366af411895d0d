package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.sallyport.domain.gateway.Limits;

/** How long a request or a tunnel may last and stand still. On routes, so that a new bound drains no connection. */
record FlowBounds(Limits limits) {

    /** Besides it takes away the bound of 15 seconds that Envoy has by itself: downloads take their time. */
    void applyTo(RouteAction.Builder route) {
        route.setTimeout(Duration.getDefaultInstance()).setIdleTimeout(Durations.of(limits.idleTimeout()));
        limits.maxFlowDuration()
                .forEach(longest -> route.setMaxStreamDuration(
                        MaxStreamDuration.newBuilder().setMaxStreamDuration(Durations.of(longest))));
    }
}
