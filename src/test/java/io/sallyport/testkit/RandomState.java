package io.sallyport.testkit;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small states full of overlaps, made from a seed. */
public final class RandomState {
    public static final List<ResourceName> GATEWAYS =
            List.of(ResourceName.of("edge", "internet"), ResourceName.of("bank", "own"));
    public static final List<String> HOSTS = List.of(
            "x.example",
            "a.x.example",
            "b.x.example",
            "c.y.x.example",
            "y.x.example",
            "d.z.y.x.example",
            "other.example");
    public static final List<String> ADDRESSES =
            List.of("10.1.0.1", "10.1.1.1", "10.1.1.2", "10.2.0.1", "10.2.1.1", "192.0.2.1", "fd00:1::1", "fd00:2::1");
    public static final List<Integer> PORTS = List.of(80, 443, 8443, 5432, 9999);
    public static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");

    private static final List<String> NAMESPACES = List.of("edge", "shop", "bank");
    private static final List<String> PATTERNS = List.of(
            "*.example", "*.x.example", "*.y.x.example", "a.x.example", "c.y.x.example", "y.x.example", "x.example");
    private static final List<String> RANGES = List.of(
            "10.1.0.0/16", "10.1.1.0/24", "10.1.1.1/32", "10.2.0.0/16", "10.2.1.0/24", "fd00:1::/32", "0.0.0.0/0");

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
        resources.add(internet().build());
        resources.add(aGateway("bank/own").admittingOnlyItsOwn().http("http", 1).build());
        List<String> hosts = new ArrayList<>(PATTERNS);
        Collections.shuffle(hosts, random);
        List<String> names = new ArrayList<>();
        while (hosts.size() > 2) {
            Resource<?> destination = destination("d" + hosts.size(), hosts).build();
            names.add(destination.name().toString());
            resources.add(destination);
        }
        for (int index = 0; index < 5; index++) {
            resources.add(workload("w" + index).build());
        }
        for (int index = 0; index < 8; index++) {
            resources.add(rule("r" + index, names).build());
        }
        return resources;
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private NamespaceBuilder namespace(String name) {
        NamespaceBuilder builder = aNamespace(name).labelled("paid", one(List.of("yes", "no")));
        return switch (name) {
            case "shop" -> builder.cidrs("10.1.0.0/16", "fd00:1::/32");
            case "bank" -> builder.cidrs(one(List.of("10.2.0.0/16", "10.2.1.0/24")), "fd00:2::/32");
            default -> builder;
        };
    }

    private GatewayBuilder internet() {
        GatewayBuilder builder = aGateway("edge/internet").buckets(1 + random.nextInt(4));
        if (random.nextBoolean()) {
            builder.admittingLabelled("paid", "yes");
        }
        if (random.nextInt(4) == 0) {
            builder.allowingByDefault();
        }
        return builder.http("http", 1, hostnames()).tls("tls", 2, hostnames());
    }

    private String[] hostnames() {
        return random.nextInt(3) > 0 ? new String[0] : new String[] {one(PATTERNS), one(HOSTS)};
    }

    private DestinationBuilder destination(String name, List<String> hosts) {
        DestinationBuilder builder = aDestination(one(NAMESPACES) + "/" + name)
                .hosts(hosts.removeLast(), hosts.removeLast())
                .at("origin.example.net");
        if (random.nextBoolean()) {
            builder.visibleTo(one(NAMESPACES), one(NAMESPACES));
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

    private WorkloadBuilder workload(String name) {
        WorkloadBuilder builder = aWorkload(one(NAMESPACES) + "/" + name).labelled("app", one(List.of("a", "b")));
        return random.nextInt(6) == 0
                ? builder.certifiedAs("spiffe://corp/" + name)
                : builder.at(one(RANGES)).at(one(RANGES));
    }

    private RuleBuilder rule(String name, List<String> destinations) {
        RuleBuilder builder = aRule(one(NAMESPACES) + "/" + name)
                .gateway(one(GATEWAYS).toString())
                .tier(one(List.of(Tier.values())))
                .priority(one(List.of(10, 10, 20)))
                .from(source())
                .from(source())
                .to(one(destinations));
        if (random.nextBoolean()) {
            builder.to(one(destinations), one(PORTS), one(PORTS));
        }
        if (random.nextInt(3) == 0) {
            builder.denying();
        }
        if (random.nextInt(4) == 0) {
            builder.listener("http");
        }
        if (random.nextInt(4) == 0) {
            builder.between(NOON.minusSeconds(random.nextInt(2) * 60L), NOON.plusSeconds(60));
        }
        return builder;
    }

    private Sources source() {
        Sources source = switch (random.nextInt(9)) {
            case 0, 1 -> Sources.selecting("app", one(List.of("a", "b")));
            case 2 -> Sources.selecting(new Requirement("app", Operator.NOT_IN, List.of("a")));
            case 3 -> Sources.everyWorkload();
            case 4 -> Sources.everyone();
            case 5 -> Sources.namespaces(one(NAMESPACES), one(NAMESPACES));
            case 6 -> random.nextInt(3) == 0 ? Sources.principals("*") : Sources.namespaces("shop");
            default -> Sources.addresses(one(RANGES), one(RANGES));
        };
        if (random.nextInt(4) == 0) {
            source.inNamespaces(one(NAMESPACES));
        }
        return random.nextInt(4) == 0 ? source.atAddresses(one(RANGES)) : source;
    }
}
