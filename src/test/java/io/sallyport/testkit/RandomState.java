package io.sallyport.testkit;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.rule.Validity.Passed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Small states full of overlaps, of everything that a state can say, made from a seed. */
public final class RandomState {
    public static final List<ResourceName> GATEWAYS =
            List.of(ResourceName.of("edge", "internet"), ResourceName.of("bank", "own"));
    public static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    public static final List<String> ISSUERS = List.of("https://a.example", "https://b.example/realm");
    private static final List<String> NAMESPACES = List.of("edge", "shop", "bank");
    private static final List<String> PATTERNS = List.of(
            "*.example",
            "*.x.example",
            "*.y.x.example",
            "a.x.example",
            "c.y.x.example",
            "y.x.example",
            "x.example",
            "203.0.113.9",
            "*");
    private static final List<String> OWNED =
            List.of("203.0.113.0/24", "203.0.113.0/28", "203.0.112.0/20", "2001:db8::/32");
    private static final List<String> RANGES = List.of(
            "10.1.0.0/16", "10.1.1.0/24", "10.1.1.1/32", "10.2.0.0/16", "10.2.1.0/24", "fd00:1::/32", "0.0.0.0/0");
    private static final List<String> PRINCIPALS = List.of(
            "*",
            "spiffe://corp/shop/*",
            "spiffe://corp/shop/w1",
            "spiffe://corp/bank/w2",
            "https://a.example/shop-w1",
            "https://a.example/*",
            "https://b.example/realm/w*");
    private final Random random;

    public RandomState(Random random) {
        this.random = random;
    }

    public DesiredState state() {
        return DesiredState.of(new Revision(1), resources());
    }

    public List<Resource<?>> resources() {
        List<Resource<?>> resources = new ArrayList<>();
        NAMESPACES.forEach(name -> resources.add(namespace(name).build()));
        List<String> names = new ArrayList<>();
        List<String> hosts = new ArrayList<>(PATTERNS);
        Collections.shuffle(hosts, random);
        while (hosts.size() > 2) {
            Resource<?> destination = destination("d" + hosts.size(), hosts).build();
            names.add(destination.name().toString());
            resources.add(destination);
        }
        resources.add(internet(names).build());
        resources.add(aGateway("bank/own").admittingOnlyItsOwn().http("http", 1).build());
        policies(names).forEach(policy -> resources.add(policy.build()));
        credentials().forEach(credential -> resources.add(credential.build()));
        for (int index = 0; index < 6; index++) {
            resources.add(workload("w" + index).build());
        }
        for (int index = 0; index < 10; index++) {
            resources.add(rule("r" + index, names).build());
        }
        return resources;
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private NamespaceBuilder namespace(String name) {
        NamespaceBuilder builder = aNamespace(name).labelled("paid", one(List.of("yes", "no")));
        if (oneIn(8)) {
            builder.hosts(one(List.of("*.x.example", "*")));
        }
        return switch (name) {
            case "shop" ->
                oneIn(4)
                        ? builder.spiffeIds("spiffe://corp/shop/*")
                        : builder.cidrs("10.1.0.0/16", "fd00:1::/32")
                                .spiffeIds("spiffe://corp/shop/*")
                                .issuers("https://a.example/shop-*");
            case "bank" ->
                builder.cidrs(one(List.of("10.2.0.0/16", "10.2.1.0/24")), "fd00:2::/32")
                        .issuers("https://b.example/realm");
            default -> builder;
        };
    }

    private GatewayBuilder internet(List<String> destinations) {
        GatewayBuilder builder = aGateway("edge/internet").buckets(1 + random.nextInt(4));
        if (random.nextBoolean()) {
            builder.admittingLabelled("paid", "yes");
        }
        if (oneIn(4)) {
            builder.allowingByDefault();
        }
        return builder.http("http", 1, hostnames())
                .tls("tls", 2, hostnames())
                .https("https", 3, "server", hostnames())
                .mutual("mutual", 4, "server", "clients", hostnames())
                .connect("connect", 5, hostnames())
                .connect("connect-mutual", 6)
                .endingMutualTls("server", "clients")
                .tcp("tcp", 7, one(destinations))
                .tcp("behind-proxy", 8, one(destinations))
                .acceptingProxyProtocol();
    }

    private String[] hostnames() {
        return random.nextInt(3) > 0 ? new String[0] : new String[] {one(PATTERNS), one(PATTERNS)};
    }

    private List<SecurityPolicyBuilder> policies(List<String> destinations) {
        List<SecurityPolicyBuilder> policies = new ArrayList<>();
        if (random.nextBoolean()) {
            policies.add(aSecurityPolicy("edge/tokens").onGateway("internet").jwt(ISSUERS.getFirst(), "{}"));
        }
        if (random.nextBoolean()) {
            policies.add(aSecurityPolicy("edge/listener")
                    .onListener("internet", one(List.of("connect", "http", "tls", "mutual")))
                    .jwt(ISSUERS.getLast(), "{}"));
        }
        ResourceName trusting = ResourceName.parse(one(destinations));
        policies.add(aSecurityPolicy(trusting.namespace() + "/trust")
                .onDestination(trusting.name().value())
                .trusting("partner"));
        return policies;
    }

    private List<CredentialBuilder> credentials() {
        return List.of(
                aCredential("edge/server").certificate("certificate " + random.nextInt(3), "key"),
                aCredential(one(NAMESPACES) + "/clients").caBundle("bundle"),
                aCredential(one(NAMESPACES) + "/partner").caBundle("bundle"));
    }

    private DestinationBuilder destination(String name, List<String> hosts) {
        DestinationBuilder builder = aDestination(one(NAMESPACES) + "/" + name)
                .hosts(hosts.removeLast(), hosts.removeLast())
                .labelled("class", one(List.of("gold", "plain")));
        found(builder);
        if (random.nextBoolean()) {
            builder.visibleTo(one(NAMESPACES), one(NAMESPACES));
        }
        if (oneIn(3)) {
            builder.addresses(one(OWNED), one(OWNED));
        }
        List<Integer> ports = new ArrayList<>(List.of(80, 443, 8443, 5432));
        Collections.shuffle(ports, random);
        for (int port : ports.subList(0, 1 + random.nextInt(4))) {
            builder.port(
                    port,
                    switch (port) {
                        case 80 -> Protocol.HTTP;
                        case 443 -> Protocol.HTTPS;
                        case 8443 -> Protocol.TLS;
                        default -> Protocol.TCP;
                    });
        }
        return builder;
    }

    private void found(DestinationBuilder builder) {
        switch (random.nextInt(8)) {
            case 0 -> builder.dynamically();
            case 1 -> builder.asAsked();
            case 2 ->
                builder.statically()
                        .at(one(List.of("198.51.100.1", "127.0.0.1")))
                        .at("198.51.100.7");
            case 3 -> builder.statically().at("198.51.100.1").neverAt("198.51.100.0/24");
            case 4 -> builder.at(new String[0]);
            default -> builder.at("origin.example.net");
        }
    }

    private WorkloadBuilder workload(String name) {
        String namespace = one(NAMESPACES);
        WorkloadBuilder builder = aWorkload(namespace + "/" + name).labelled("app", one(List.of("a", "b")));
        if (random.nextInt(4) > 0) {
            builder.at(one(RANGES)).at(one(RANGES));
        }
        if (random.nextInt(3) == 0) {
            builder.certifiedAs("spiffe://corp/%s/%s".formatted(namespace, name));
        }
        if (random.nextInt(3) == 0) {
            builder.withTokenOf(one(ISSUERS), one(List.of("shop-w1", "w1", "w2")));
        }
        return builder;
    }

    private RuleBuilder rule(String name, List<String> destinations) {
        RuleBuilder builder = aRule(one(NAMESPACES) + "/" + name)
                .gateway(one(GATEWAYS).toString())
                .tier(one(List.of(Tier.values())))
                .priority(one(List.of(10, 10, 20)))
                .from(source())
                .from(source());
        target(builder, destinations);
        if (random.nextBoolean()) {
            builder.to(one(destinations), one(List.of(80, 443)), one(List.of(8443, 5432, 9999)));
        }
        if (oneIn(3)) {
            builder.denying();
        }
        if (oneIn(4)) {
            builder.listener(one(List.of("http", "connect", "mutual", "tcp")));
        }
        if (oneIn(4)) {
            builder.between(NOON.minusSeconds(random.nextInt(2) * 60L), NOON.plusSeconds(60))
                    .passed(one(List.of(Passed.values())));
        }
        if (oneIn(4)) {
            builder.failingOverTo(one(GATEWAYS).toString());
        }
        switch (random.nextInt(10)) {
            case 0 -> builder.off();
            case 1, 2 -> builder.shadow();
            default -> {}
        }
        return builder;
    }

    private void target(RuleBuilder builder, List<String> destinations) {
        switch (random.nextInt(6)) {
            case 0 -> builder.toLabelled("class", one(List.of("gold", "plain")));
            case 1 ->
                builder.toSelected(
                        new LabelSelector(
                                new TreeMap<>(), List.of(new Requirement("class", Operator.NOT_IN, List.of("gold")))),
                        one(List.of(80, 443)));
            default -> builder.to(one(destinations));
        }
    }

    private Sources source() {
        Sources source = switch (random.nextInt(10)) {
            case 0, 1 -> Sources.selecting("app", one(List.of("a", "b")));
            case 2 -> Sources.selecting(new Requirement("app", Operator.NOT_IN, List.of("a")));
            case 3 -> Sources.everyWorkload();
            case 4 -> Sources.everyone();
            case 5 -> Sources.namespaces(one(NAMESPACES), one(NAMESPACES));
            case 6, 7 -> Sources.principals(one(PRINCIPALS), one(PRINCIPALS));
            default -> Sources.addresses(one(RANGES), one(RANGES));
        };
        if (oneIn(4)) {
            source.inNamespaces(one(NAMESPACES));
        }
        return oneIn(4) ? source.atAddresses(one(RANGES)) : source;
    }
}
