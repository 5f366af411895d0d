package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import java.time.Duration;
import java.util.List;

/** Compiled routes that between them say everything that one can say. */
public final class CompiledRoutes {
    private static final String UPSTREAM = "shop/api/8443";

    private CompiledRoutes() {}

    public static List<CompiledRoute> all() {
        return List.of(
                route("forward", criteria(new PathMatch.Prefix("/v1")), forward(new PathRewrite.Prefix("/v2"))),
                route("full", criteria(new PathMatch.Exact("/v1")), forward(new PathRewrite.Full("/v2"))),
                route("redirect", criteria(new PathMatch.Regex("/v[0-9]")), redirect(new PathRewrite.Prefix("/old"))),
                route("elsewhere", RouteCriteria.NONE, redirect(new PathRewrite.Full("/old"))),
                route(
                        "respond",
                        RouteCriteria.NONE,
                        new RouteAction.Respond(new RouteFilter.DirectResponse(418, "a pot", "text/plain"))),
                route("refuse", RouteCriteria.NONE, new RouteAction.Refuse()));
    }

    private static CompiledRoute route(String id, RouteCriteria criteria, RouteAction action) {
        return new CompiledRoute(
                id,
                ResourceName.of("shop", "canary"),
                1,
                2,
                criteria,
                action,
                edits("answered"),
                List.of(new RouteFilter.Fault(
                        List.of(new RouteFilter.Delay(Duration.ofSeconds(1), new Percentage(21))),
                        List.of(new RouteFilter.Abort(503, new Percentage(22))))));
    }

    private static RouteCriteria criteria(PathMatch path) {
        return new RouteCriteria(
                path,
                List.of(
                        new FieldMatch("x-exact", new ValueMatch.Exact("one"), false),
                        new FieldMatch("x-regex", new ValueMatch.Regex("o.e"), true)),
                List.of(new FieldMatch("present", new ValueMatch.Present(), false)),
                List.of("PUT"),
                false);
    }

    private static RouteAction forward(PathRewrite path) {
        return new RouteAction.Forward(
                List.of(target(23)),
                List.of(new RouteMirror(target(1), new Percentage(24))),
                new RouteAction.RequestEdits(edits("sent"), List.of(new HostPattern("sent.example")), List.of(path)),
                new RouteTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(4), Duration.ofSeconds(5)),
                List.of(new RetryPolicy(
                        6,
                        List.of(RetryPolicy.Condition.RESET),
                        List.of(429),
                        Duration.ofSeconds(7),
                        new RetryPolicy.BackOff(Duration.ofMillis(80), Duration.ofSeconds(9)),
                        List.of(new RetryPolicy.Budget(new Percentage(25), 26)))));
    }

    private static RouteTarget target(int weight) {
        return new RouteTarget(
                UPSTREAM, List.of(new Name("one")), weight, List.of(new HostPattern("certified.example")));
    }

    private static RouteAction redirect(PathRewrite path) {
        return new RouteAction.Redirect(new RouteFilter.Redirect(
                List.of(RouteFilter.Scheme.HTTPS),
                List.of(new HostPattern("other.example")),
                List.of(new PortNumber(8444)),
                List.of(path),
                307));
    }

    private static HeaderEdits edits(String prefix) {
        return new HeaderEdits(
                List.of(new HeaderEdits.Header(prefix + "-set", "a")),
                List.of(new HeaderEdits.Header(prefix + "-add", "b")),
                List.of(prefix + "-remove"));
    }
}
