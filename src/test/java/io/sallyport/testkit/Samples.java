package io.sallyport.testkit;

import io.sallyport.domain.Change;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Resources for tests that store, move or compare them; what they mean together does not matter there. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    static final LabelSelector SELECTOR = new LabelSelector(
            new TreeMap<>(Map.of("app", "checkout")),
            List.of(
                    new Requirement("stage", Operator.IN, List.of("test", "live")),
                    new Requirement("old", Operator.DOES_NOT_EXIST, List.of())));

    private Samples() {}

    public static Change put(long revision, String namespace, String name, Spec spec) {
        return put(revision, namespace, name, spec, revision);
    }

    public static Change put(long generation, String namespace, String name, Spec spec, long revision) {
        ResourceKey key = ResourceKey.of(spec.kind(), namespace, name);
        UUID uid = UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8));
        Stamp stamp = new Stamp(NOW.plusSeconds(revision), "ann \"the\" ünïque");
        Metadata metadata = new Metadata(
                key,
                new TreeMap<>(Map.of("team", "pay", "a", "")),
                new TreeMap<>(Map.of("note", "first line\nsecond {line}")),
                uid,
                generation,
                new Revision(revision),
                stamp,
                stamp);
        return new Change.Put(new Resource<>(metadata, spec));
    }

    public static Change delete(Spec ofKind, String namespace, String name) {
        return new Change.Delete(ResourceKey.of(ofKind.kind(), namespace, name));
    }

    /** Every kind, each with all of its forms. */
    public static List<Spec> specs() {
        return List.of(
                namespace(),
                new Namespace(Scopes.NONE),
                gateway(new AllowedNamespaces.Same()),
                gateway(new AllowedNamespaces.All()),
                gateway(new AllowedNamespaces.Selector(SELECTOR)),
                destination("*.example.com"),
                new Workload(new TreeMap<>(), List.of()),
                workload(),
                rule(Validity.ALWAYS, EgressRule.Justification.NONE),
                FullSamples.gateway(),
                FullSamples.destination(),
                FullSamples.workload(),
                FullSamples.rule(),
                FullRoute.spec(),
                FullSamples.securityPolicy(),
                FullSamples.credential(),
                FullSamples.roleBinding(),
                FullSamples.guardrail(),
                FullSamples.approvalPolicy(),
                rule(
                        new Validity(NOW, Instant.parse("2027-01-01T00:00:00Z"), Validity.Passed.START),
                        new EgressRule.Justification("PAY-1", "they \\ asked")));
    }

    public static Namespace namespace() {
        return new Namespace(new Scopes(
                List.of(new PrincipalPattern("spiffe://corp.example/ns/shop/*")),
                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fc00::/7")),
                List.of("https://issuer.example", "https://other.example/sa-*"),
                List.of("gateway-*"),
                List.of("app", "stage=live"),
                List.of(new HostPattern("*.example.com"))));
    }

    public static EgressGateway gateway(AllowedNamespaces allowed) {
        return new EgressGateway(
                List.of(
                        new Listener(
                                new Name("http"),
                                new IpAddress("127.0.0.1"),
                                new PortNumber(10080),
                                Listener.Protocol.HTTP,
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        new Listener(
                                new Name("tls"),
                                new IpAddress("::1"),
                                new PortNumber(10443),
                                Listener.Protocol.TLS,
                                List.of(new HostPattern("api.example.com")),
                                List.of(),
                                List.of(),
                                true)),
                new AgentSelector(List.of(
                        new AgentSelector.ClientId("gateway internet"),
                        AgentPrincipal.parse("spiffe://corp.test/gateways/internet"))),
                allowed,
                EgressGateway.DefaultAction.DENY,
                new AddressPolicy(List.of(Cidr.parse("1.2.3.4/32")), List.of(Cidr.parse("127.0.0.0/8"))),
                EgressGateway.DEFAULT_RULE_BUCKETS,
                Conduct.DEFAULT,
                List.of());
    }

    public static Destination destination(String host) {
        return new Destination(
                List.of(new HostPattern(host)),
                List.of(Cidr.parse("192.0.2.0/24")),
                List.of(new DestinationPort(new PortNumber(443), DestinationPort.Protocol.HTTPS, new PortNumber(8443))),
                Destination.Resolution.STATIC,
                List.of(
                        new Endpoint("127.0.0.1", List.of(), 1, "", new TreeMap<>()),
                        new Endpoint(
                                "127.0.0.2",
                                List.of(new PortNumber(9443)),
                                5,
                                "west",
                                new TreeMap<>(Map.of("v", "2")))),
                List.of(new Subset(new Name("two"), new TreeMap<>(Map.of("v", "2")))),
                UpstreamSettings.DEFAULT,
                List.of(new Name("pay")),
                List.of(new Destination.Delegate(new HostPattern("a.example.com"), new Name("pay"))));
    }

    private static Workload workload() {
        return new Workload(
                new TreeMap<>(Map.of("app", "checkout")),
                List.of(
                        new WorkloadIdentity.BySpiffeId(new SpiffeId("spiffe://corp.example/ns/shop/sa/checkout")),
                        new WorkloadIdentity.ByAddress(Cidr.parse("10.1.2.3/32"))));
    }

    private static EgressRule rule(Validity validity, EgressRule.Justification justification) {
        return new EgressRule(
                ResourceName.of("edge", "internet"),
                List.of(new Name("http")),
                EgressRule.Tier.NAMESPACE,
                EgressRule.DEFAULT_PRIORITY,
                EgressRule.Action.ALLOW,
                EgressRule.Enforcement.ENFORCE,
                List.of(new Source(
                        List.of(new Name("shop")),
                        List.of(SELECTOR),
                        List.of(PrincipalPattern.ANY),
                        List.of(Cidr.parse("0.0.0.0/0")))),
                List.of(
                        Target.of(ResourceName.of("shop", "billing"), List.of(new PortNumber(443))),
                        Target.selecting(SELECTOR, List.of())),
                Forwarding.DEFAULT,
                validity,
                justification);
    }
}
