package io.sallyport.push.agent;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.principals;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.push.agent.v1.AgentProtocol.Resource;
import io.sallyport.push.agent.v1.AgentProtocol.Rule;
import io.sallyport.testkit.ResourceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the compiler says of the whole model travels to agents. */
class WholeModelTest {
    private static final CertificateAuthority CA = CertificateAuthority.named("clients");
    private static final Map<String, Resource> SENT = sent();

    @ParameterizedTest
    @CsvSource({
        "http, PROTOCOL_HTTP",
        "https, PROTOCOL_HTTPS",
        "tls, PROTOCOL_TLS",
        "tcp, PROTOCOL_TCP",
        "proxy, PROTOCOL_CONNECT"
    })
    void aListenerOfEveryProtocolTravels(String name, String protocol) {
        assertThat(resource("listener/" + name).getListener().getProtocol().name())
                .isEqualTo(protocol);
    }

    @Test
    void aListenerNamesItsSecretsAndWhoseTokensItTakes() {
        assertThat(text("listener/https"))
                .contains("tls { mode: MODE_MUTUAL certificate: \"edge/server\" client_ca: \"edge/clients\" }");
        assertThat(text("listener/proxy"))
                .contains("jwt { issuer: \"https://issuer.example\" audiences: \"egress\" jwks: \"{}\" }");
        assertThat(text("listener/tls")).contains("accept_proxy_protocol: true").doesNotContain("tls {", "jwt {");
    }

    @Test
    void secretsTravelWithTheirData() {
        assertThat(resource("secret/edge/server").getSecret().getDataMap())
                .containsOnlyKeys("certificate", "privateKey")
                .hasEntrySatisfying("privateKey", key -> assertThat(key).contains("PRIVATE KEY"));
        assertThat(resource("secret/edge/clients").getSecret().getDataMap())
                .containsExactlyEntriesOf(Map.of("caBundle", CA.bundle()));
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(AgentResource.of(resource("secret/edge/server"))).asString().doesNotContain("BEGIN");
    }

    @Test
    void aSourceSaysIdentitiesRangesAndBlocks() {
        assertThat(SENT.values().stream().filter(Resource::hasSource).map(WholeModelTest::text))
                .anySatisfy(source -> assertThat(source)
                        .contains("principals: \"spiffe://corp.example/ns/shop/sa/checkout\"")
                        .contains("ip_blocks: \"10.1.0.0/16\""));
    }

    @Test
    void shadowsTravelBesideRules() {
        assertThat(resource("rules/http/billing.example:443").getRules().getRulesList())
                .extracting(Rule::getName)
                .containsExactly("shop/checkout");
        assertThat(resource("rules/http/billing.example:443").getRules().getShadowsList())
                .extracting(Rule::getName)
                .containsExactly("shop/what-if");
    }

    @Test
    void anUpstreamSaysHowItIsFoundConnectedToAndLookedAfter() {
        assertThat(text("upstream/shop/billing/443"))
                .contains("destination: \"shop/billing\"", "port: 443", "target_port: 8443")
                .contains("endpoints { address: \"127.0.0.1\" port: 8443 weight: 7 locality: \"west\"")
                .contains("subsets { name: \"two\" labels { key: \"v\" value: \"2\" } }")
                .contains("outlier_detection { consecutive_errors: 5")
                .contains("health_check { kind: KIND_HTTP path: \"/ok\"")
                .contains("load_balancer { policy: POLICY_MAGLEV hash_header: \"x-user\"")
                .contains("address_guard: \"192.0.2.0/24\"")
                .contains("connect_timeout { seconds: 5 }", "family: FAMILY_V4_PREFERRED");
        assertThat(SENT.values().stream().filter(Resource::hasUpstream).map(WholeModelTest::text))
                .anySatisfy(upstream ->
                        assertThat(upstream).contains("RESOLUTION_DYNAMIC").doesNotContain("endpoints"));
    }

    @Test
    void aPolicyTravelsWithAllThatItAsks() {
        assertThat(resource("host/http/*.web.example").getHost().getPolicy()).isNotEmpty();
        assertThat(resource("host/tls/*.web.example").getHost().getPortsList()).isEmpty();
        assertThat(text("host/proxy/*.web.example")).contains("enforceability: ENFORCEABILITY_IN_REQUESTS");
        assertThat(text("policy/"
                        + resource("host/http/*.web.example").getHost().getPolicy()))
                .contains(
                        "local_limits { name: \"shop/web/0\" requests: 5 per { seconds: 1 } burst: 5 keys: KEY_SOURCE }")
                .contains(
                        "max_body_bytes: 9", "request_headers { strip: \"cookie\" set { key: \"x-a\" value: \"b\" } }")
                .contains("cors { allow_origins: \"*\" allow_methods: \"GET\" max_age { seconds: 7 } }")
                .contains(
                        "external_authorization { upstream: \"shop/judge/80\" host: \"judge.example\" protocol: PROTOCOL_HTTP path_prefix: \"/check\"");
        assertThat(text("upstream/shop/web/80"))
                .contains("injection { credential: \"shop/key\" header: \"x-key\" prefix: \"Key \" overwrite: true }");
        assertThat(resource("secret/shop/key").getSecret().getDataMap()).containsOnlyKeys("token");
    }

    @Test
    void theGatewaySaysHowItConductsItself() {
        assertThat(text("gateway"))
                .contains("lapse_after { seconds: 30 }")
                .contains("refusal_detail: REFUSAL_DETAIL_CODE", "access_log: ACCESS_LOG_REFUSED")
                .contains("on_revoke: ON_REVOKE_NEW_FLOWS", "max_flow_duration { seconds: 60 }", "max_connections: 9");
    }

    @Test
    void aPortNamesItsRoutesAndTheySayWhatTheyDo() {
        String id = resource("host/http/billing.example").getHost().getPorts(0).getRoutes(0);

        assertThat(text("route/" + id))
                .contains("route: \"shop/reads\"", "criteria { prefix: \"/v1\"", "exact: \"yes\"")
                .contains("targets { upstream: \"shop/billing/443\" subset: \"two\" weight: 1 }");
    }

    private static String text(String name) {
        return text(resource(name));
    }

    private static String text(Resource resource) {
        return TextFormat.printer().emittingSingleLine(true).printToString(resource);
    }

    private static Map<String, Resource> sent() {
        Snapshot snapshot = new SnapshotCompiler().compile(state(), ResourceName.of("edge", "internet"));
        return Wire.onlySnapshot(SnapshotEncoder.encode(snapshot).full()).getUpsertsList().stream()
                .collect(Collectors.toMap(Resource::getName, Function.identity()));
    }

    private static DesiredState state() {
        return ResourceBuilder.state(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.0.0.0/8").spiffeIds("spiffe://corp.example/ns/shop/*"),
                aCredential("edge/server").certificate(CA.server("gate.example")),
                aCredential("edge/clients").caBundle(CA.bundle()),
                aGateway("edge/internet")
                        .http("http", 1)
                        .mutual("https", 2, "server", "clients")
                        .tls("tls", 3)
                        .acceptingProxyProtocol()
                        .tcp("tcp", 4, "shop/mail")
                        .connect("proxy", 5)
                        .lapsingAfter(Duration.ofSeconds(30))
                        .refusingByCodeAlone()
                        .loggingRefusedAlone()
                        .maxFlowDuration(Duration.ofMinutes(1))
                        .maxConnections(9)
                        .permitting("127.0.0.0/8"),
                aSecurityPolicy("edge/tokens")
                        .onListener("internet", "proxy")
                        .jwt("https://issuer.example", "{}", "egress"),
                aCredential("shop/key").token("secret"),
                aDestination("shop/judge")
                        .hosts("judge.example")
                        .port(80, Protocol.HTTP)
                        .statically()
                        .at("127.0.0.1"),
                aSecurityPolicy("shop/web")
                        .onDestination("web")
                        .limitedTo(5, Duration.ofSeconds(1), RateLimit.Key.SOURCE)
                        .largest(new RequestLimits(9, 0))
                        .headers(
                                new HeaderPolicy.Edit(List.of("cookie"), new TreeMap<>(Map.of("x-a", "b"))),
                                HeaderPolicy.Edit.NONE)
                        .cors(new Cors(
                                List.of("*"), List.of("GET"), List.of(), List.of(), Duration.ofSeconds(7), false))
                        .injecting("shop/key", "x-key", "Key ")
                        .askedBy(new ExternalAuthorization(
                                ResourceName.of("shop", "judge"),
                                List.of(),
                                ExternalAuthorization.Protocol.HTTP,
                                "/check",
                                Duration.ofSeconds(1),
                                false,
                                List.of("x-user"),
                                List.of(),
                                0)),
                aDestination("shop/mail")
                        .hosts("mail.example")
                        .port(25, Protocol.TCP)
                        .statically()
                        .at("127.0.0.1"),
                aDestination("shop/web")
                        .hosts("*.web.example")
                        .port(80, Protocol.HTTP)
                        .dynamically(),
                aDestination("shop/billing")
                        .hosts("billing.example")
                        .port(443, Protocol.HTTPS, 8443)
                        .statically()
                        .at("127.0.0.1", 8443, 7, "west", "v", "2")
                        .subset("two", "v", "2")
                        .balancedBy(Policy.MAGLEV, "x-user")
                        .ejectingOutliers(new OutlierDetection(5, Duration.ofSeconds(1), Duration.ofSeconds(1), 10))
                        .checkedBy(new HealthCheck(
                                HealthCheck.Kind.HTTP, "/ok", Duration.ofSeconds(5), Duration.ofSeconds(1), 1, 3))
                        .neverAt("192.0.2.0/24"),
                aRule("shop/checkout")
                        .from(principals("spiffe://corp.example/ns/shop/sa/checkout")
                                .atAddresses("10.1.0.0/16"))
                        .to("shop/billing"),
                aRoute("shop/reads")
                        .ofDestination("billing")
                        .with(where(prefix("/v1").header("x-canary", "yes")).toSubset("shop/billing", "two")),
                aRule("shop/what-if")
                        .from(principals("spiffe://corp.example/ns/shop/sa/checkout"))
                        .to("shop/billing")
                        .denying()
                        .shadow());
    }

    private static Resource resource(String name) {
        return Objects.requireNonNull(SENT.get(name), name);
    }
}
