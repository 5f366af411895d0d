package io.sallyport.testkit;

import static io.sallyport.testkit.CompiledRouteBuilder.percent;
import static io.sallyport.testkit.CompiledRouteBuilder.setting;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteMatchBuilder.call;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.namespaces;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import java.time.Duration;
import java.util.List;

/** Routes of all that routes can be. */
final class RouteCases {
    private RouteCases() {}

    static DesiredState trafficRoutes() {
        return state(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.1.0.0/16"),
                aGateway("edge/internet").http("http", 10080).tls("tls", 10443).tcp("tcp", 15432, "shop/api"),
                aDestination("shop/api")
                        .hosts("api.example.com", "*.api.example.com")
                        .port(80, Protocol.HTTP)
                        .port(443, Protocol.HTTPS)
                        .port(5432, Protocol.TCP)
                        .statically()
                        .at("203.0.113.1", 8080, 1, "", "version", "1")
                        .at("203.0.113.2", 8080, 1, "", "version", "2")
                        .subset("canary", "version", "2"),
                aDestination("shop/partner")
                        .hosts("partner.example.net")
                        .port(443, Protocol.HTTPS)
                        .port(5432, Protocol.TCP),
                aRoute("shop/api")
                        .ofDestination("api")
                        .with(where(prefix("/v2").method("GET"))
                                .toSubset("shop/api", "canary")
                                .to("shop/partner", 3)
                                .underPrefix("/")
                                .retrying(retrying())
                                .within(new RouteTimeouts(
                                        Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(5))))
                        .with(where(path("/old"), regex("/old/[0-9]+")).redirectingTo("partner.example.net"))
                        .with(where(call("shop.v1.Orders", "Get")).mirroredTo("shop/partner"))
                        .with(where(anything()
                                        .header("x-user", new ValueMatch.Regex("test-.*"), false)
                                        .query("debug", new ValueMatch.Exact("no"), true))
                                .doing(new RouteFilter.ResponseHeaders(setting("x-debug", "100%")))
                                .doing(new RouteFilter.Fault(
                                        List.of(new RouteFilter.Delay(Duration.ofSeconds(1), percent(5))),
                                        List.of(new RouteFilter.Abort(503, percent(1))))))
                        .with(where(prefix("/status")).answering(200, "fine")),
                aRoute("shop/host")
                        .ofDestination("api")
                        .forHosts("*.api.example.com")
                        .with(where(prefix("/"))
                                .underHost("partner.example.net")
                                .to("shop/partner")),
                aRoute("shop/raw")
                        .ofDestination("api", 5432)
                        .with(always().to("shop/api", 9).to("shop/partner")),
                aRule("shop/all").from(namespaces("shop")).to("shop/api").to("shop/partner"),
                aDestination("shop/closed")
                        .hosts("closed.example.com")
                        .port(80, Protocol.HTTP)
                        .statically()
                        .at("203.0.113.9"),
                aRoute("shop/escape")
                        .ofDestination("api")
                        .with(where(path("/closed")).to("shop/closed")));
    }

    private static RetryPolicy retrying() {
        return new RetryPolicy(
                3,
                List.of(RetryPolicy.Condition.GATEWAY_ERROR),
                List.of(429),
                Duration.ofSeconds(2),
                RetryPolicy.BackOff.DEFAULT,
                List.of(new RetryPolicy.Budget(percent(20), 5)));
    }
}
