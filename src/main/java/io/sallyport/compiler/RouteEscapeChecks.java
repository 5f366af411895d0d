package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.TrafficRoute;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A route never leads where the rules would not. Whoever writes such a route is refused, and so is who lets more come to
 * where one leads away from; who lets fewer go where it leads is told, and the gateway refuses until it is mended.
 */
final class RouteEscapeChecks {
    private final Checked checked;
    private final DesiredState before;
    private final IncrementalCompiler compiler;
    private final Report report;

    RouteEscapeChecks(Checked checked, DesiredState before, IncrementalCompiler compiler, Report report) {
        this.checked = checked;
        this.before = before;
        this.compiler = compiler;
        this.report = report;
    }

    /** @param touched the gateways that may run anything else than before */
    void run(Set<ResourceName> touched) {
        if (checked.state().routes().isEmpty()) {
            return;
        }
        for (Resource<EgressGateway> gateway : checked.state().gateways()) {
            if (touched.contains(gateway.name())
                    && !new GatewayRoutes(new Admission(checked.state(), gateway)).isEmpty()) {
                gateway(gateway);
            }
        }
    }

    /** Says of routes that are looked at what a gateway refuses. */
    void tell() {
        if (checked.touched(checked.state().routes(), Kind.TRAFFIC_ROUTE).isEmpty()) {
            return;
        }
        for (Resource<EgressGateway> gateway : checked.state().gateways()) {
            if (!new GatewayRoutes(new Admission(checked.state(), gateway)).isEmpty()) {
                compiler.escapes(checked.state(), gateway).stream()
                        .filter(escape -> checked.isTouched(route(escape)))
                        .forEach(escape ->
                                report.warning(route(escape), escape.pointer(), "RouteEscapesRules", message(escape)));
            }
        }
    }

    private void gateway(Resource<EgressGateway> gateway) {
        Set<RouteEscape> escapes = compiler.escapes(checked.state(), gateway);
        if (escapes.isEmpty()) {
            return;
        }
        Set<RouteEscape> known = new HashSet<>(before.gateway(gateway.name())
                .map(same -> compiler.escapes(before, same))
                .orElseGet(Set::of));
        escapes.forEach(escape -> told(escape, known.contains(escape)));
    }

    private void told(RouteEscape escape, boolean isKnown) {
        Resource<TrafficRoute> route = route(escape);
        String message = message(escape);
        if (checked.isTouched(route)) {
            report.error(route, escape.pointer(), "RouteEscapesRules", message);
            return;
        }
        Optional<Resource<?>> widening = widening(escape);
        if (!isKnown && widening.isPresent()) {
            report.error(
                    widening.get(),
                    "",
                    "RouteEscapesRules",
                    "%s would lead where not everyone may go: %s".formatted(route.key(), message));
        } else if (!isKnown) {
            report.warning(route, escape.pointer(), "RouteEscapesRules", message);
        }
    }

    private Resource<TrafficRoute> route(RouteEscape escape) {
        return checked.state().routes().stream()
                .filter(one -> one.name().equals(escape.route()))
                .findFirst()
                .orElseThrow();
    }

    private static String message(RouteEscape escape) {
        return "at listener '%s' of gateway %s, for %s at port %s: %s"
                .formatted(escape.listener(), escape.gateway(), escape.host(), escape.port(), escape.why());
    }

    // The one that lets somebody come who may not go on.
    private Optional<Resource<?>> widening(RouteEscape escape) {
        if (escape.admitting().isEmpty()) {
            return Optional.empty();
        }
        ResourceKey admitting = escape.admitting().equals(Gate.DEFAULT_ALLOW.toString())
                ? new ResourceKey(Kind.EGRESS_GATEWAY, escape.gateway())
                : new ResourceKey(Kind.EGRESS_RULE, ResourceName.parse(escape.admitting()));
        return checked.touched().contains(admitting) ? checked.state().find(admitting) : Optional.empty();
    }
}
