package io.sallyport.compiler;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.route.ValueMatch;
import java.util.List;
import java.util.stream.Stream;

/** What a written route asks of requests can be asked, by some listener, and is not said before. */
final class RouteMatchChecks {
    private final Checked checked;
    private final Report report;

    RouteMatchChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.touched(checked.state().routes(), Kind.TRAFFIC_ROUTE).forEach(this::route);
    }

    private void route(Resource<TrafficRoute> route) {
        for (int index = 0; index < route.spec().rules().size(); index++) {
            String pointer = "/spec/rules/" + index;
            RouteRule rule = route.spec().rules().get(index);
            for (int match = 0; match < rule.alternatives().size(); match++) {
                String place = rule.matches().isEmpty() ? pointer : "%s/matches/%d".formatted(pointer, match);
                readable(route, rule, rule.alternatives().get(match), place);
                expressions(route, rule.alternatives().get(match), place);
            }
        }
        new RouteRepeats(checked, report).of(route);
    }

    // Those at which what it asks of the port can be so.
    private Stream<Listener> listeners(Resource<TrafficRoute> route, RouteParent parent, RouteMatch match) {
        ResourceName name = new ResourceName(route.namespace(), parent.name());
        return switch (parent.kind()) {
            case EGRESS_GATEWAY ->
                checked.state().gateway(name).stream()
                        .flatMap(gateway -> gateway.spec().listeners().stream())
                        .filter(listener -> parent.sectionName().isEmpty()
                                || parent.sectionName().contains(listener.name()));
            case DESTINATION ->
                checked.state().destination(name).stream()
                        .flatMap(destination -> checked.gatewaysAdmitting(destination.namespace())
                                .flatMap(gateway -> gateway.spec().listeners().stream())
                                .filter(listener -> listener.destination().isEmpty()
                                        || listener.destination().contains(name))
                                .filter(listener -> GatewayCompilation.spoken(listener, destination).stream()
                                        .filter(port -> RouteTargets.canSpeak(listener, port))
                                        .map(DestinationPort::number)
                                        .anyMatch(
                                                port -> isMeant(port, parent.port()) && isMeant(port, match.port()))));
        };
    }

    private static boolean isMeant(PortNumber port, List<PortNumber> asked) {
        return asked.isEmpty() || asked.contains(port);
    }

    private void readable(Resource<TrafficRoute> route, RouteRule rule, RouteMatch match, String pointer) {
        List<Listener> listeners = route.spec().parents().stream()
                .flatMap(parent -> listeners(route, parent, match))
                .distinct()
                .toList();
        boolean isOfHttp = match.asksOfHttp() || rule.actsOnHttp();
        if (!match.sni().isEmpty()) {
            if (isOfHttp || noneIs(listeners, Listener.Protocol.TLS)) {
                cannot(
                        route,
                        pointer,
                        isOfHttp
                                ? "the rule does to requests what cannot be done to TLS that passes through unread"
                                : "no listener that the route is for is of protocol TLS, so none learns a server name");
            }
            return;
        }
        List<Listener> blind =
                listeners.stream().filter(one -> !one.protocol().isHttp()).toList();
        if (!isOfHttp || blind.isEmpty()) {
            return;
        }
        if (blind.size() == listeners.size()) {
            cannot(
                    route,
                    pointer,
                    "every listener that the route is for passes connections through unread, and sees no request");
        } else {
            report.warning(
                    route,
                    pointer,
                    "RouteNotRead",
                    "listener '%s' passes %s through unread: what this asks or does is of HTTP, so it counts for nothing there"
                            .formatted(blind.getFirst().name(), blind.getFirst().protocol()));
        }
    }

    private static boolean noneIs(List<Listener> listeners, Listener.Protocol protocol) {
        return !listeners.isEmpty() && listeners.stream().noneMatch(one -> one.protocol() == protocol);
    }

    private void cannot(Resource<TrafficRoute> route, String pointer, String why) {
        report.error(
                route,
                pointer,
                "ListenerCannotEnforce",
                why
                        + ": attach the route where a listener of protocol HTTP, HTTPS or CONNECT is, or match sni and port alone");
    }

    private void expressions(Resource<TrafficRoute> route, RouteMatch match, String pointer) {
        match.path().forEach(path -> {
            if (path instanceof PathMatch.Regex(String regex)) {
                expression(route, regex, pointer + "/path/value");
            }
        });
        fields(route, match.headers(), pointer + "/headers");
        fields(route, match.queryParams(), pointer + "/queryParams");
    }

    private void fields(Resource<TrafficRoute> route, List<FieldMatch> fields, String pointer) {
        for (int index = 0; index < fields.size(); index++) {
            if (fields.get(index).value() instanceof ValueMatch.Regex(String regex)) {
                expression(route, regex, "%s/%d/value".formatted(pointer, index));
            }
        }
    }

    private void expression(Resource<TrafficRoute> route, String regex, String pointer) {
        new Expression(regex)
                .refusal()
                .ifPresent(why -> report.error(
                        route, pointer, "RegexRefused", "Envoy would refuse the expression: %s".formatted(why)));
    }
}
