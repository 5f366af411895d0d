package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteBackend;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.route.RouteTimeouts;
import java.util.ArrayList;
import java.util.List;

/** Builds rules of routes. */
public final class RouteRuleBuilder {
    private final List<RouteMatch> matches = new ArrayList<>();
    private final List<RouteFilter> filters = new ArrayList<>();
    private final List<RouteBackend> backends = new ArrayList<>();
    private RouteTimeouts timeouts = RouteTimeouts.NONE;
    private List<RetryPolicy> retry = List.of();

    private RouteRuleBuilder() {}

    /** For every request, until it says more. */
    public static RouteRuleBuilder always() {
        return new RouteRuleBuilder();
    }

    public static RouteRuleBuilder where(RouteMatchBuilder... alternatives) {
        RouteRuleBuilder rule = new RouteRuleBuilder();
        for (RouteMatchBuilder alternative : alternatives) {
            rule.matches.add(alternative.build());
        }
        return rule;
    }

    /** To a destination, {@code namespace/name}, with weight 1. */
    public RouteRuleBuilder to(String destination) {
        return to(destination, RouteBackend.DEFAULT_WEIGHT);
    }

    public RouteRuleBuilder to(String destination, int weight) {
        return to(new BackendTarget(ResourceName.parse(destination), List.of(), List.of()), weight);
    }

    public RouteRuleBuilder toPort(String destination, int port) {
        return to(
                new BackendTarget(ResourceName.parse(destination), List.of(), List.of(new PortNumber(port))),
                RouteBackend.DEFAULT_WEIGHT);
    }

    public RouteRuleBuilder toSubset(String destination, String subset) {
        return to(
                new BackendTarget(ResourceName.parse(destination), List.of(new Name(subset)), List.of()),
                RouteBackend.DEFAULT_WEIGHT);
    }

    public RouteRuleBuilder to(BackendTarget target, int weight) {
        backends.add(new RouteBackend(target, weight));
        return this;
    }

    public RouteRuleBuilder mirroredTo(String destination) {
        return doing(new RouteFilter.Mirror(
                new BackendTarget(ResourceName.parse(destination), List.of(), List.of()), Percentage.ALL));
    }

    public RouteRuleBuilder underHost(String host) {
        return doing(new RouteFilter.Rewrite(List.of(new HostPattern(host)), List.of()));
    }

    public RouteRuleBuilder underPrefix(String path) {
        return doing(new RouteFilter.Rewrite(List.of(), List.of(new PathRewrite.Prefix(path))));
    }

    public RouteRuleBuilder answering(int status, String body) {
        return doing(new RouteFilter.DirectResponse(status, body, body.isEmpty() ? "" : "text/plain"));
    }

    public RouteRuleBuilder redirectingTo(String host) {
        return doing(new RouteFilter.Redirect(
                List.of(),
                List.of(new HostPattern(host)),
                List.of(),
                List.of(),
                RouteFilter.Redirect.DEFAULT_STATUS_CODE));
    }

    public RouteRuleBuilder doing(RouteFilter filter) {
        filters.add(filter);
        return this;
    }

    public RouteRuleBuilder within(RouteTimeouts newTimeouts) {
        timeouts = newTimeouts;
        return this;
    }

    public RouteRuleBuilder retrying(RetryPolicy policy) {
        retry = List.of(policy);
        return this;
    }

    public RouteRule build() {
        return new RouteRule(matches, filters, backends, timeouts, retry);
    }
}
