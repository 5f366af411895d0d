package io.sallyport.testkit;

import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteMatchBuilder.call;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;

import io.sallyport.domain.Spec;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.HeaderEdits.Header;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import java.time.Duration;
import java.util.List;

/** A route in which every form of every part is there, and no field at its default. */
final class FullRoute {
    private FullRoute() {}

    static Spec spec() {
        return aRoute("shop/full")
                .ofDestination("billing", 443)
                .ofListener("internet", "web")
                .forHosts("api.example.com", "*.example.com")
                .with(where(prefix("/v1")
                                .header("x-canary", new ValueMatch.Exact("yes"), true)
                                .header("x-tenant", new ValueMatch.Regex("[a-z]+"), false)
                                .query("trace", new ValueMatch.Present(), false)
                                .method("PUT")
                                .port(443))
                        .doing(new RouteFilter.RequestHeaders(edits()))
                        .doing(new RouteFilter.ResponseHeaders(edits()))
                        .doing(new RouteFilter.Fault(
                                List.of(new RouteFilter.Delay(Duration.ofMillis(1500), new Percentage(1))),
                                List.of(new RouteFilter.Abort(503, new Percentage(125_000)))))
                        .mirroredTo("shop/shadow")
                        .underHost("b.example.com")
                        .toSubset("shop/billing", "two")
                        .toPort("shop/canary", 8443)
                        .within(new RouteTimeouts(Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(5)))
                        .retrying(new RetryPolicy(
                                3,
                                List.of(RetryPolicy.Condition.SERVER_ERROR),
                                List.of(429),
                                Duration.ofSeconds(2),
                                new RetryPolicy.BackOff(Duration.ofMillis(10), Duration.ofSeconds(1)),
                                List.of(new RetryPolicy.Budget(new Percentage(200_000), 7)))))
                .with(where(path("/old"), regex("/v[0-9]"))
                        .doing(new RouteFilter.Redirect(
                                List.of(RouteFilter.Scheme.HTTPS),
                                List.of(new HostPattern("new.example.com")),
                                List.of(new PortNumber(8443)),
                                List.of(new PathRewrite.Full("/new")),
                                308)))
                .with(always().underPrefix("/v2"))
                .with(where(call("shop.v1.Orders", "Cancel")).answering(418, "a \"pot\""))
                .with(where(anything().sni("db.example.com").port(5432)).to("shop/ledger", 7))
                .build()
                .spec();
    }

    private static HeaderEdits edits() {
        return new HeaderEdits(
                List.of(new Header("x-team", "shop")), List.of(new Header("x-hop", "1")), List.of("x-debug"));
    }
}
