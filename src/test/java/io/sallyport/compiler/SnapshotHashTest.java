package io.sallyport.compiler;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.SecretText;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.security.TokenHeader;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PolicyService;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import io.sallyport.testkit.CompiledRoutes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nothing that an agent is sent changes unnoticed. */
class SnapshotHashTest {
    private static final String SAYS_WHO_IS_OLDER = "Snapshot.version";
    // A mode says whether there is a clientCa, so neither changes alone.
    private static final Set<String> NEVER_ALONE = Set.of("ListenerTls.mode");
    private static final Snapshot SAMPLE = sample();
    private static final List<Variants.Variant> VARIANTS = Variants.of(SAMPLE).stream()
            .filter(variant -> !variant.path().startsWith(SAYS_WHO_IS_OLDER))
            .toList();

    @Test
    void whateverChangesChangesTheHash() {
        assertThat(VARIANTS)
                .isNotEmpty()
                .allSatisfy(variant -> assertThat(hash(variant))
                        .as(variant.path())
                        .isNotEqualTo(
                                new SnapshotHash().stamped(SAMPLE).version().hash()));
    }

    @Test
    void noTwoChangesAreTakenForOne() {
        assertThat(VARIANTS.stream().map(SnapshotHashTest::hash)).doesNotHaveDuplicates();
    }

    @Test
    void theSampleHasEveryComponentOfEveryRecord() {
        Set<String> varied = VARIANTS.stream().map(Variants.Variant::path).collect(toCollection(TreeSet::new));

        assertThat(Variants.components(SAMPLE))
                .filteredOn(component -> !component.startsWith("SnapshotVersion") && !component.startsWith("Revision"))
                .filteredOn(component -> !component.equals(SAYS_WHO_IS_OLDER) && !NEVER_ALONE.contains(component))
                .allSatisfy(component -> assertThat(varied).as(component).anyMatch(path -> path.contains(component)));
    }

    private static String hash(Variants.Variant variant) {
        return new SnapshotHash().stamped((Snapshot) variant.value()).version().hash();
    }

    private static Snapshot sample() {
        return new Snapshot(
                ResourceName.of("edge", "internet"),
                new SnapshotVersion(new Revision(1), ""),
                settings(),
                List.of(
                        new SourceClass(
                                "c1",
                                new IdentitySet(
                                        false,
                                        List.of(new PrincipalPattern("spiffe://corp/a")),
                                        List.of(Cidr.parse("10.0.0.1/32"))),
                                List.of(Cidr.parse("10.0.0.0/8"))),
                        new SourceClass("c2", IdentitySet.ANYONE, List.of())),
                List.of(listener()),
                CompiledRoutes.all(),
                List.of(
                        upstream("shop/api/8443", HealthCheck.Kind.HTTP, "/well"),
                        upstream("shop/api/9443", HealthCheck.Kind.TCP, "")),
                List.of(new EffectivePolicy(
                        "p1",
                        List.of(new EffectivePolicy.Layer(ResourceName.of("shop", "policy"), traffic())),
                        List.of(new Authentication(List.of(provider()), true, true)),
                        List.of(new AuthorizationClause(
                                ResourceName.of("shop", "policy"),
                                traffic().authorization().getFirst(),
                                List.of("c1"))),
                        List.of(new PolicyService(
                                ResourceName.of("shop", "judge"),
                                List.of(new PortNumber(81)),
                                "judge.example",
                                "shop/judge/81")))),
                List.of(new Secret(
                        ResourceName.of("edge", "server"),
                        new Credential(
                                Credential.Type.TOKEN,
                                new TreeMap<>(Map.of(Credential.TOKEN, new SecretText("secret")))))));
    }

    private static JwtProvider provider() {
        return new JwtProvider(
                "https://other.example",
                List.of("eu"),
                "",
                List.of(new RemoteKeys(
                        "https://other.example/keys", Duration.ofMinutes(1), List.of(ResourceName.of("shop", "ca")))),
                List.of(new TokenHeader("x-token", "JWT ")),
                new TreeMap<>(Map.of("x-team", "team")));
    }

    private static TrafficPolicy traffic() {
        var edit = new HeaderPolicy.Edit(List.of("x-a"), new TreeMap<>(Map.of("x-b", "b")));
        return new TrafficPolicy(
                List.of(new Authentication(
                        List.of(new JwtProvider("https://other.example", List.of("eu"), "{}")), true, true)),
                List.of(new AuthorizationRule(
                        new Name("writes"),
                        AuthorizationRule.Action.DENY,
                        new AuthorizationRule.Sources(
                                List.of(new PrincipalPattern("spiffe://corp/c")),
                                List.of(new Name("shop")),
                                List.of(new AuthorizationRule.Claim(List.of("org"), List.of("unit"))),
                                List.of(Cidr.parse("10.1.0.0/16"))),
                        new AuthorizationRule.Requests(
                                List.of(new HostPattern("c.example")),
                                List.of(new PortNumber(80)),
                                List.of("PUT"),
                                List.of("/a/*")),
                        List.of("request.size > 1"))),
                List.of(new ExternalAuthorization(
                        ResourceName.of("shop", "judge"),
                        List.of(new PortNumber(81)),
                        ExternalAuthorization.Protocol.GRPC,
                        "/check",
                        Duration.ofSeconds(1),
                        false,
                        List.of("x-c"),
                        List.of("x-d"),
                        1)),
                List.of(new RateLimit(
                        List.of(new RateLimit.Local(1, Duration.ofSeconds(1), 5, List.of(RateLimit.Key.SOURCE))),
                        List.of(new RateLimit.Global(
                                ResourceName.of("shop", "counter"),
                                List.of(new PortNumber(82)),
                                "shop",
                                List.of(RateLimit.Key.HOST),
                                Duration.ofSeconds(1),
                                false)))),
                List.of(new RequestLimits(1, 1)),
                List.of(new HeaderPolicy(edit, edit)),
                List.of(new Cors(
                        List.of("https://a.example"),
                        List.of("GET"),
                        List.of("x-e"),
                        List.of("x-f"),
                        Duration.ofSeconds(1),
                        false)),
                List.of(new CredentialInjection(ResourceName.of("shop", "key"), "authorization", "Bearer ", true)));
    }

    private static GatewaySettings settings() {
        return new GatewaySettings(
                DefaultAction.DENY,
                new AddressPolicy(List.of(Cidr.parse("1.0.0.1/32")), List.of(Cidr.parse("2.0.0.1/32"))),
                8,
                new Conduct(
                        Conduct.OnRevoke.CUT,
                        new ControlPlaneLoss.Lapse(Duration.ofMinutes(1)),
                        Conduct.RefusalDetail.CODE,
                        Conduct.AccessLog.ALL,
                        new Limits(List.of(Duration.ofHours(1)), Duration.ofHours(2), List.of(5)),
                        List.of(new UpstreamProxy(
                                "proxy.example", new PortNumber(3128), List.of(ResourceName.of("edge", "proxy"))))));
    }

    private static ListenerSnapshot listener() {
        Validity validity = new Validity(
                Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2031-01-01T00:00:00Z"), Validity.Passed.NONE);
        CompiledRule rule = new CompiledRule(ResourceName.of("shop", "rule"), Action.ALLOW, List.of("c1"), validity);
        CompiledRule shadow = new CompiledRule(ResourceName.of("shop", "shadow"), Action.DENY, List.of("c2"), validity);
        return new ListenerSnapshot(
                new Listener(
                        new Name("https"),
                        new IpAddress("10.0.0.1"),
                        new PortNumber(443),
                        Listener.Protocol.HTTPS,
                        List.of(new HostPattern("a.example")),
                        List.of(new ListenerTls(
                                ListenerTls.Mode.MUTUAL,
                                ResourceName.of("edge", "server"),
                                List.of(ResourceName.of("edge", "clients")))),
                        List.of(ResourceName.of("shop", "db")),
                        false),
                List.of(new HostEntry(
                        new HostPattern("b.example"),
                        ResourceName.of("shop", "api"),
                        3,
                        List.of(new PortEntry(
                                new PortNumber(8443),
                                "shop/api/8443",
                                List.of(rule),
                                List.of(shadow),
                                List.of("forward"),
                                Enforceability.WHOLLY)),
                        "p1")),
                List.of(new JwtProvider("https://issuer.example", List.of("us"), "{}")),
                "p2");
    }

    private static Upstream upstream(String name, HealthCheck.Kind kind, String path) {
        return new Upstream(
                name,
                ResourceName.of("shop", "api"),
                new PortNumber(8443),
                new PortNumber(9443),
                Protocol.HTTPS,
                Resolution.STATIC,
                List.of(new UpstreamEndpoint(
                        "192.0.2.1", new PortNumber(7443), 2, "west", new TreeMap<>(Map.of("v", "1")))),
                List.of(new Subset(new Name("one"), new TreeMap<>(Map.of("v", "2")))),
                new UpstreamSettings(
                        DnsSettings.DEFAULT,
                        new Connection(
                                Duration.ofSeconds(5),
                                11,
                                12,
                                13,
                                14,
                                List.of(new Connection.KeepAlive(Duration.ofSeconds(6), Duration.ofSeconds(7), 15)),
                                16,
                                Duration.ofSeconds(8)),
                        List.of(new OutlierDetection(17, Duration.ofSeconds(9), Duration.ofSeconds(10), 18)),
                        List.of(new HealthCheck(kind, path, Duration.ofSeconds(11), Duration.ofSeconds(12), 19, 20)),
                        new LoadBalancer(LoadBalancer.Policy.MAGLEV, List.of("x-user"), List.of("west")),
                        List.of(Cidr.parse("3.0.0.1/32"))),
                new TlsOrigination(
                        TlsOrigination.Mode.MUTUAL,
                        List.of("front.example"),
                        List.of("back.example"),
                        List.of(ResourceName.of("shop", "partner")),
                        List.of(ResourceName.of("shop", "ours")),
                        new TlsVersions(TlsVersions.Version.TLS_1_2, TlsVersions.Version.TLS_1_3),
                        List.of("ECDHE-RSA-AES128-GCM-SHA256"),
                        List.of("h2"),
                        List.of(new TlsOrigination.Unverified(Instant.ofEpochSecond(21), "trial", false))),
                List.of(new CredentialInjection(ResourceName.of("shop", "key"), "x-key", "k ", true)));
    }
}
