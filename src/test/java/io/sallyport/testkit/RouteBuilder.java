package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.ArrayList;
import java.util.List;

/** Builds traffic routes. */
public final class RouteBuilder extends ResourceBuilder<TrafficRoute> {
    private final List<RouteParent> parents = new ArrayList<>();
    private List<HostPattern> hostnames = List.of();
    private final List<RouteRule> rules = new ArrayList<>();

    private RouteBuilder(String name) {
        super(name);
    }

    public static RouteBuilder aRoute(String name) {
        return new RouteBuilder(name);
    }

    public RouteBuilder ofGateway(String gateway) {
        return of(new RouteParent(RouteParent.Kind.EGRESS_GATEWAY, new Name(gateway), List.of(), List.of()));
    }

    public RouteBuilder ofListener(String gateway, String listener) {
        return of(new RouteParent(RouteParent.Kind.EGRESS_GATEWAY, new Name(gateway), names(listener), List.of()));
    }

    public RouteBuilder ofDestination(String destination) {
        return of(new RouteParent(RouteParent.Kind.DESTINATION, new Name(destination), List.of(), List.of()));
    }

    public RouteBuilder ofDestination(String destination, int port) {
        return of(new RouteParent(
                RouteParent.Kind.DESTINATION, new Name(destination), List.of(), List.of(new PortNumber(port))));
    }

    public RouteBuilder of(RouteParent parent) {
        parents.add(parent);
        return this;
    }

    public RouteBuilder forHosts(String... hosts) {
        hostnames = each(HostPattern::parse, hosts);
        return this;
    }

    public RouteBuilder with(RouteRuleBuilder rule) {
        rules.add(rule.build());
        return this;
    }

    @Override
    protected TrafficRoute spec() {
        return new TrafficRoute(parents, hostnames, rules);
    }
}
