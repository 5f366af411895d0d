package io.sallyport.testkit;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.namespaces;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings.Family;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.destination.OutlierDetection;
import java.time.Duration;

/** Cases of what is behind a rule. */
final class UpstreamCases {
    private UpstreamCases() {}

    static DesiredState upstreams() {
        return state(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.1.0.0/16"),
                aGateway("edge/internet")
                        .http("http", 10080)
                        .tls("tls", 10443)
                        .permitting("10.9.0.0/16")
                        .connect("connect", 10081),
                aCredential("shop/partners").caBundle(Cases.text("/certificates/gateway.crt")),
                aSecurityPolicy("shop/trust").onDestination("wild").trusting("partners"),
                web("shop/wild")
                        .hosts("*.example.com")
                        .dynamically()
                        .neverAt("203.0.113.0/24")
                        .dns(Duration.ofSeconds(30), true, Family.ALL),
                web("shop/ranges").addresses("10.9.0.0/24").asAsked(),
                web("shop/near-and-far")
                        .hosts("api.example.org")
                        .statically()
                        .at("10.9.1.1", 8080, 3, "west", "version", "1")
                        .at("10.9.1.2", 8080, 1, "east", "version", "2")
                        .localities("west", "east")
                        .subset("next", "version", "2")
                        .balancedBy(Policy.MAGLEV, "x-user")
                        .ejectingOutliers(new OutlierDetection(5, Duration.ofSeconds(10), Duration.ofSeconds(30), 50))
                        .checkedBy(new HealthCheck(
                                HealthCheck.Kind.HTTP, "/health", Duration.ofSeconds(10), Duration.ofSeconds(2), 2, 3)),
                aRule("shop/all")
                        .from(namespaces("shop"))
                        .to("shop/wild")
                        .to("shop/ranges")
                        .to("shop/near-and-far"));
    }

    static DesiredState corporateProxy() {
        return state(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.1.0.0/16"),
                aGateway("edge/internet")
                        .permitting("10.9.0.0/16")
                        .leavingThrough("proxy.corp.example", 3128, "edge/proxy-token")
                        .http("http", 10080)
                        .connect("connect", 10081)
                        .tls("tls", 10443),
                aCredential("edge/proxy-token").token("Basic c2FsbHk6cG9ydA=="),
                web("shop/by-name").hosts("api.example.com"),
                web("shop/wild").hosts("*.example.org").dynamically(),
                web("shop/fixed").hosts("fixed.example.com").statically().at("10.9.0.1"),
                aRule("shop/all")
                        .from(namespaces("shop"))
                        .to("shop/by-name")
                        .to("shop/wild")
                        .to("shop/fixed"));
    }

    private static DestinationBuilder web(String name) {
        return aDestination(name).port(80, Protocol.HTTP).port(443, Protocol.HTTPS);
    }
}
