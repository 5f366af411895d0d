package io.sallyport.testkit;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.Sources.namespaces;
import static io.sallyport.testkit.Sources.principals;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;

import io.sallyport.domain.Credential;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** States worth looking at, by name; the gateway of each is {@link #GATEWAY}. Golden files are made of them. */
public final class Cases {
    public static final ResourceName GATEWAY = ResourceName.of("edge", "internet");

    // RFC 7517, appendix A.1.
    private static final String JWKS = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
            "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}""";

    private Cases() {}

    public static SortedMap<String, DesiredState> all() {
        SortedMap<String, DesiredState> cases = new TreeMap<>();
        cases.put("quick-start", quickStart());
        cases.put("wildcards-overlapping", wildcardsOverlapping());
        cases.put("delegated-host", delegatedHost());
        cases.put("tiers-and-priorities", tiersAndPriorities());
        cases.put("deny-by-selector", denyBySelector());
        cases.put("validity-window", validityWindow());
        cases.put("listeners-with-hostnames", listenersWithHostnames());
        cases.put("ports", ports());
        cases.put("default-allow", defaultAllow());
        cases.put("dns-and-static", dnsAndStatic());
        cases.put("ipv6-sources", ipv6Sources());
        cases.put("nested-cidrs", nestedCidrs());
        cases.put("upstreams", UpstreamCases.upstreams());
        cases.put("corporate-proxy", UpstreamCases.corporateProxy());
        cases.put("identities-of-all-kinds", identitiesOfAllKinds());
        cases.put("selectors-shadows-failover", selectorsShadowsFailover());
        cases.put("forward-proxy", forwardProxy());
        cases.put("passthrough-of-any-name", passthroughOfAnyName());
        cases.put("tcp-listeners", tcpListeners());
        cases.put("traffic-routes", RouteCases.trafficRoutes());
        cases.put("empty-gateway", state(edge(), aGateway("edge/internet").http("http", 10080)));
        return cases;
    }

    /** States that writes would refuse in part, or that hold no real certificates: for what comes before Envoy alone. */
    public static SortedMap<String, DesiredState> ofTheNeutralCompiler() {
        SortedMap<String, DesiredState> cases = new TreeMap<>();
        cases.put("identities-by-listener", identitiesByListener());
        cases.put("hosts-and-ranges", hostsAndRanges());
        cases.put("led-by-tcp", ledByTcp());
        return cases;
    }

    public static DesiredState quickStart() {
        return state(
                edge(),
                aNamespace("shop").cidrs("127.0.0.2/32").spiffeIds("spiffe://corp.example/ns/shop/*"),
                aGateway("edge/internet")
                        .permitting("127.0.0.0/8")
                        .buckets(64)
                        .http("http", 10080)
                        .tls("tls", 10443),
                aDestination("shop/billing")
                        .hosts("billing.example")
                        .port(80, Protocol.HTTP, 18080)
                        .port(443, Protocol.TLS, 18443)
                        .statically()
                        .at("127.0.0.1"),
                aWorkload("shop/checkout")
                        .labelled("app", "checkout")
                        .at("127.0.0.2/32")
                        .certifiedAs("spiffe://corp.example/ns/shop/sa/checkout"),
                aRule("shop/checkout-to-billing")
                        .from(selecting("app", "checkout"))
                        .to("shop/billing"));
    }

    private static DesiredState identitiesOfAllKinds() {
        return state(
                aNamespace("edge").issuers("https://issuer.example"),
                shop(),
                aCredential("edge/server")
                        .part(Credential.CERTIFICATE, text("/certificates/gateway.crt"))
                        .part(Credential.PRIVATE_KEY, text("/certificates/gateway.key"))
                        .asCertificate(),
                aCredential("edge/workloads").caBundle(text("/certificates/gateway.crt")),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt("https://issuer.example", JWKS, "gateway"),
                gateway()
                        .maxFlowDuration(Duration.ofHours(8))
                        .maxConnections(1000)
                        .https("https", 10444, "server")
                        .mutual("mutual", 10445, "server", "workloads"),
                aDestination("shop/billing")
                        .hosts("billing.example")
                        .port(80, Protocol.HTTP)
                        .visibleTo("edge"),
                aRule("edge/named")
                        .tier(Tier.ADMIN)
                        .from(principals("spiffe://corp.example/ns/shop/*", "https://issuer.example/checkout"))
                        .to("shop/billing"),
                aRule("edge/named-and-there")
                        .tier(Tier.ADMIN)
                        .priority(2000)
                        .from(principals("*").atAddresses("10.9.0.0/16"))
                        .to("shop/billing"),
                aRule("edge/would-deny")
                        .tier(Tier.ADMIN)
                        .shadow()
                        .denying()
                        .from(everyone())
                        .to("shop/billing"));
    }

    static String text(String resource) {
        try (InputStream input = Objects.requireNonNull(Cases.class.getResourceAsStream(resource))) {
            return new String(input.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DesiredState wildcardsOverlapping() {
        return state(
                edge(),
                shop(),
                aNamespace("bank").cidrs("10.2.0.0/16"),
                gateway().buckets(4),
                web("shop/everything")
                        .hosts("*.example.com")
                        .at("origin.example.net")
                        .visibleTo("bank"),
                web("shop/europe").hosts("*.eu.example.com").at("eu.example.net"),
                web("shop/api").hosts("api.example.com", "api.eu.example.com").visibleTo("bank"),
                aRule("shop/all").from(namespaces("shop")).to("shop/everything"),
                aRule("shop/no-europe").denying().from(namespaces("shop")).to("shop/europe", 443),
                aRule("bank/all").from(namespaces("bank")).to("shop/everything"),
                aRule("bank/nothing-plain").denying().from(namespaces("bank")).to("shop/everything", 80));
    }

    private static DesiredState forwardProxy() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet").buckets(4).connect("proxy", 13128),
                aDestination("shop/api")
                        .hosts("api.example.com")
                        .port(443, Protocol.HTTPS)
                        .port(80, Protocol.HTTP)
                        .port(22, Protocol.TCP)
                        .statically()
                        .at("203.0.113.1"),
                aDestination("shop/wild")
                        .hosts("*.example.net")
                        .port(443, Protocol.TLS)
                        .port(80, Protocol.HTTP)
                        .dynamically()
                        .neverAt("198.51.100.0/24"),
                aDestination("shop/network")
                        .addresses("203.0.113.0/24", "203.0.113.128/26")
                        .port(443, Protocol.TLS)
                        .port(5432, Protocol.TCP)
                        .asAsked(),
                aDestination("edge/everything")
                        .delegating("*", "shop")
                        .hosts("*")
                        .port(443, Protocol.TLS)
                        .dynamically(),
                aRule("shop/all")
                        .from(namespaces("shop"))
                        .to("shop/api")
                        .to("shop/wild")
                        .to("shop/network"),
                aRule("edge/nothing-else")
                        .tier(Tier.BASELINE)
                        .denying()
                        .from(everyone())
                        .to("edge/everything"));
    }

    private static DesiredState delegatedHost() {
        return state(
                edge(),
                shop(),
                aNamespace("bank").cidrs("10.2.0.0/16"),
                gateway(),
                web("shop/everything")
                        .hosts("*.example.com")
                        .at("origin.example.net")
                        .delegating("*.pay.example.com", "bank"),
                web("bank/pay")
                        .hosts("eu.pay.example.com", "*.us.pay.example.com")
                        .at("pay.example.net"),
                aRule("shop/all").from(namespaces("shop")).to("shop/everything"),
                aRule("bank/pay").from(namespaces("bank")).to("bank/pay"));
    }

    private static DesiredState tiersAndPriorities() {
        return state(
                edge(),
                shop(),
                gateway(),
                web("shop/api").hosts("api.example.com").visibleTo("edge"),
                aRule("edge/never-from-lab")
                        .tier(Tier.ADMIN)
                        .denying()
                        .from(addresses("10.1.66.0/24"))
                        .to("shop/api"),
                aRule("edge/everyone-at-last")
                        .tier(Tier.BASELINE)
                        .from(everyone())
                        .to("shop/api"),
                aRule("shop/first").priority(10).from(addresses("10.1.1.0/24")).to("shop/api"),
                aRule("shop/tie-allow").from(namespaces("shop")).to("shop/api"),
                aRule("shop/tie-deny").denying().from(addresses("10.1.2.0/24")).to("shop/api"),
                aRule("shop/last")
                        .priority(10_000)
                        .denying()
                        .from(namespaces("shop"))
                        .to("shop/api"));
    }

    private static DesiredState denyBySelector() {
        return state(
                edge(),
                shop(),
                gateway(),
                web("shop/api").hosts("api.example.com"),
                aWorkload("shop/batch").labelled("app", "batch").at("10.1.3.0/24"),
                aWorkload("shop/web").labelled("app", "web").at("10.1.4.7/32").at("10.1.4.8/32"),
                aRule("shop/no-batch").denying().from(selecting("app", "batch")).to("shop/api"),
                aRule("shop/all").from(namespaces("shop")).to("shop/api"));
    }

    private static DesiredState validityWindow() {
        Instant start = Instant.parse("2030-01-01T00:00:00Z");
        Instant end = Instant.parse("2030-01-31T23:59:59.5Z");
        return state(
                edge(),
                shop(),
                gateway(),
                web("shop/api").hosts("api.example.com"),
                aRule("shop/january")
                        .between(start, end)
                        .from(namespaces("shop"))
                        .to("shop/api"),
                aRule("shop/from-february")
                        .between(end, Instant.MAX)
                        .from(everyone())
                        .to("shop/api"),
                aRule("shop/until-january")
                        .denying()
                        .between(Instant.MIN, start)
                        .from(everyone())
                        .to("shop/api"));
    }

    private static DesiredState listenersWithHostnames() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet")
                        .http("partners", 10080, "*.partner.example", "api.example.com")
                        .http("any", 10081)
                        .tls("secure", 10443, "*.eu.example.com"),
                web("shop/example").hosts("*.example.com").at("origin.example.net"),
                web("shop/partner").hosts("one.partner.example", "two.partner.example", "partner.example"),
                aRule("shop/example").from(namespaces("shop")).to("shop/example"),
                aRule("shop/partner")
                        .listener("partners")
                        .from(namespaces("shop"))
                        .to("shop/partner"));
    }

    private static DesiredState ports() {
        return state(
                edge(),
                shop(),
                gateway(),
                aDestination("shop/mixed")
                        .hosts("mixed.example.com")
                        .port(9090, Protocol.GRPC)
                        .port(8443, Protocol.TLS)
                        .port(443, Protocol.HTTPS, 10443)
                        .port(80, Protocol.HTTP, 8080)
                        .port(5432, Protocol.TCP),
                aDestination("shop/raw").hosts("raw.example.com").port(5432, Protocol.TCP),
                aRule("shop/plain").from(namespaces("shop")).to("shop/mixed", 80, 9090),
                aRule("shop/secure").from(addresses("10.1.0.0/17")).to("shop/mixed", 443, 8443),
                aRule("shop/raw").from(namespaces("shop")).to("shop/raw"));
    }

    private static DesiredState defaultAllow() {
        return state(
                edge(),
                shop(),
                gateway().allowingByDefault(),
                web("shop/api").hosts("api.example.com"),
                web("shop/free").hosts("free.example.com"),
                aRule("shop/not-the-lab")
                        .denying()
                        .from(addresses("10.1.66.0/24"))
                        .to("shop/api"));
    }

    private static DesiredState dnsAndStatic() {
        return state(
                edge(),
                shop(),
                gateway().permitting("10.9.0.0/16"),
                web("shop/by-name").hosts("one.example.com", "two.example.com"),
                web("shop/by-other-name").hosts("*.example.org").at("origin.example.net", 8443),
                web("shop/fixed")
                        .hosts("fixed.example.com")
                        .statically()
                        .at("10.9.0.1")
                        .at("2001:db8::1", 8443),
                aRule("shop/all")
                        .from(namespaces("shop"))
                        .to("shop/by-name")
                        .to("shop/by-other-name")
                        .to("shop/fixed"));
    }

    private static DesiredState ipv6Sources() {
        return state(
                edge(),
                aNamespace("shop").cidrs("fd00:1::/32", "10.1.0.0/16"),
                gateway(),
                web("shop/api").hosts("api.example.com"),
                aWorkload("shop/web").labelled("app", "web").at("fd00:1::7/128").at("10.1.0.7/32"),
                aRule("shop/web").from(selecting("app", "web")).to("shop/api", 443),
                aRule("shop/new-range").from(addresses("fd00:1:0:2::/64")).to("shop/api"));
    }

    private static DesiredState nestedCidrs() {
        return state(
                edge(),
                shop(),
                gateway(),
                web("shop/api").hosts("api.example.com"),
                web("shop/stock").hosts("stock.example.com"),
                aWorkload("shop/rack").labelled("kind", "rack").at("10.1.8.0/24"),
                aWorkload("shop/host")
                        .labelled("kind", "host")
                        .labelled("os", "linux")
                        .at("10.1.8.9/32"),
                aRule("shop/racks").from(selecting("kind", "rack")).to("shop/api"),
                aRule("shop/hosts").from(selecting("kind", "host")).to("shop/stock"),
                aRule("shop/racks-stock")
                        .priority(2000)
                        .from(selecting("kind", "rack"))
                        .to("shop/stock"));
    }

    private static DesiredState identitiesByListener() {
        return state(
                edge(),
                aNamespace("shop")
                        .cidrs("10.1.0.0/16")
                        .spiffeIds("spiffe://corp.example/ns/shop/*")
                        .issuers("https://issuer.example/shop-*"),
                aGateway("edge/internet")
                        .http("http", 10080)
                        .mutual("mutual", 10443, "server", "clients")
                        .connect("proxy", 13128),
                aSecurityPolicy("edge/tokens").onListener("internet", "proxy").jwt("https://issuer.example", JWKS),
                aCredential("edge/server").certificate("a certificate", "its key"),
                aCredential("edge/clients").caBundle("a certificate"),
                web("shop/api").hosts("api.example.com"),
                aWorkload("shop/web")
                        .labelled("app", "web")
                        .at("10.1.4.7/32")
                        .certifiedAs("spiffe://corp.example/ns/shop/web")
                        .withTokenOf("https://issuer.example", "shop-web"),
                aRule("shop/web").from(selecting("app", "web")).to("shop/api"),
                aRule("shop/none-of-the-lab")
                        .denying()
                        .from(principals("spiffe://corp.example/ns/shop/lab").atAddresses("10.1.66.0/24"))
                        .to("shop/api"),
                aRule("edge/no-tokens-elsewhere")
                        .tier(Tier.ADMIN)
                        .denying()
                        .from(principals("https://issuer.example/shop-old"))
                        .to("shop/api", 80));
    }

    private static DesiredState selectorsShadowsFailover() {
        return state(
                edge(),
                shop(),
                gateway(),
                aGateway("edge/other").http("http", 10081),
                web("shop/api").hosts("api.example.com").labelled("class", "gold"),
                web("shop/stock").hosts("stock.example.com").labelled("class", "plain"),
                web("edge/news").hosts("news.example.com").labelled("class", "gold"),
                aRule("shop/gold").from(namespaces("shop")).toLabelled("class", "gold"),
                aRule("shop/from-other")
                        .gateway("edge/other")
                        .failingOverTo("edge/internet")
                        .from(namespaces("shop"))
                        .to("shop/stock", 80),
                aRule("shop/what-if")
                        .shadow()
                        .denying()
                        .from(addresses("10.1.9.0/24"))
                        .to("shop/stock"),
                aRule("shop/not-now").off().denying().from(namespaces("shop")).to("shop/stock"));
    }

    private static DesiredState hostsAndRanges() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet").buckets(8).connect("proxy", 13128).http("http", 10080),
                web("shop/everything").hosts("*").dynamically(),
                web("shop/partners").hosts("*.partner.example").dynamically().visibleTo("edge"),
                aDestination("shop/office")
                        .addresses("198.51.100.0/24", "198.51.100.64/26")
                        .port(22, Protocol.TCP)
                        .asAsked(),
                web("shop/one").hosts("198.51.100.70").statically().at("198.51.100.70"),
                aRule("shop/all").from(namespaces("shop")).to("shop/everything"),
                aRule("shop/office").from(addresses("10.1.9.0/24")).to("shop/office", 22),
                aRule("shop/no-office-for-the-lab")
                        .denying()
                        .from(addresses("10.1.66.0/24"))
                        .to("shop/office"),
                aRule("edge/no-partners")
                        .tier(Tier.BASELINE)
                        .denying()
                        .from(everyone())
                        .to("shop/partners"));
    }

    private static DesiredState ledByTcp() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet")
                        .tcp("database", 15432, "shop/database")
                        .tcp("office", 15433, "shop/office")
                        .acceptingProxyProtocol(),
                aDestination("shop/database")
                        .hosts("db.example.com", "db.example.net")
                        .port(443, Protocol.HTTPS)
                        .port(5432, Protocol.TCP, 6432)
                        .statically()
                        .at("198.51.100.1", 7432, 3, "west", "role", "primary")
                        .at("198.51.100.2")
                        .at("203.0.113.1")
                        .subset("primary", "role", "primary")
                        .neverAt("203.0.113.0/24"),
                aDestination("shop/office")
                        .addresses("198.51.100.0/24")
                        .port(22, Protocol.TCP)
                        .asAsked(),
                aDestination("shop/lab")
                        .addresses("198.51.100.64/26")
                        .port(22, Protocol.TCP)
                        .asAsked(),
                web("shop/com").hosts("*.example.com").dynamically(),
                aSecurityPolicy("shop/trust").onDestination("database").trusting("partner"),
                aCredential("shop/partner").caBundle("a certificate"),
                aRule("shop/database").from(namespaces("shop")).to("shop/database"),
                aRule("shop/office").from(namespaces("shop")).to("shop/office"),
                aRule("shop/not-the-lab").denying().from(namespaces("shop")).to("shop/lab"),
                aRule("shop/com-is-not-all-of-it").from(everyone()).to("shop/com"),
                aRule("shop/no-com-at-night")
                        .denying()
                        .from(addresses("10.1.9.0/24"))
                        .to("shop/com"));
    }

    private static DesiredState passthroughOfAnyName() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet").buckets(2).tls("tls", 10443),
                aDestination("shop/any").hosts("*").port(443, Protocol.TLS).dynamically(),
                aDestination("shop/packages")
                        .hosts("*.packages.example")
                        .port(443, Protocol.TLS)
                        .dynamically()
                        .neverAt("203.0.113.0/24"),
                aDestination("shop/mirrors")
                        .hosts("mirror.packages.example")
                        .port(443, Protocol.TLS)
                        .at("one.example.net", 8443, 1, "")
                        .at("two.example.net", 8443, 2, ""),
                aRule("shop/packages")
                        .from(namespaces("shop"))
                        .to("shop/packages")
                        .to("shop/mirrors"),
                aRule("shop/any").shadow().from(addresses("10.1.7.0/24")).to("shop/any"));
    }

    private static DesiredState tcpListeners() {
        return state(
                edge(),
                shop(),
                aGateway("edge/internet")
                        .tcp("fixed", 15432, "shop/fixed")
                        .tcp("named", 15433, "shop/named")
                        .tcp("original", 15434, "shop/ranges")
                        .acceptingProxyProtocol()
                        .maxFlowDuration(Duration.ofHours(8))
                        .maxConnections(100),
                aDestination("shop/fixed")
                        .hosts("fixed.example.com")
                        .port(5432, Protocol.TCP)
                        .statically()
                        .at("203.0.113.1", 5432, 1, "")
                        .at("203.0.113.2", 5432, 3, ""),
                aDestination("shop/named").hosts("db.example.com").port(5432, Protocol.TCP),
                aDestination("shop/ranges")
                        .addresses("198.51.100.0/24", "2001:db8:7::/48")
                        .port(5432, Protocol.TCP)
                        .asAsked(),
                aRule("shop/databases")
                        .between(Instant.MIN, Instant.parse("2030-01-31T23:59:59.5Z"))
                        .from(namespaces("shop"))
                        .to("shop/fixed")
                        .to("shop/named")
                        .to("shop/ranges"),
                aRule("shop/not-from-batch")
                        .denying()
                        .from(addresses("10.1.3.0/24"))
                        .to("shop/fixed"),
                aRule("shop/what-if").shadow().from(namespaces("shop")).to("shop/fixed"));
    }

    private static NamespaceBuilder edge() {
        return aNamespace("edge");
    }

    private static NamespaceBuilder shop() {
        return aNamespace("shop").cidrs("10.1.0.0/16").spiffeIds("spiffe://corp.example/ns/shop/*");
    }

    private static GatewayBuilder gateway() {
        return aGateway("edge/internet").http("http", 10080).tls("tls", 10443);
    }

    private static DestinationBuilder web(String name) {
        return aDestination(name).port(80, Protocol.HTTP).port(443, Protocol.HTTPS);
    }
}
