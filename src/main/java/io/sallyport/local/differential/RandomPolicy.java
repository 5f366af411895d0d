package io.sallyport.local.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Format;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small states full of overlaps that writes accept. The names are always the same, so each state replaces the last. */
final class RandomPolicy {
    static final List<String> NAMESPACES = List.of("edge", "shop", "bank");
    private static final List<String> PATTERNS = List.of(
            "*.example",
            "*.x.example",
            "*.y.x.example",
            "a.x.example",
            "c.y.x.example",
            "y.x.example",
            "x.example",
            "z.test",
            "*.test",
            "127.0.0.7",
            "*",
            "v.test");
    private static final Map<String, List<String>> RANGES = Map.of(
            "edge",
            List.of("127.1.0.0/16", "127.1.1.0/24", "127.2.1.9/32", "127.0.0.0/8", "127.3.0.0/24", "fd00:1::/32"),
            "shop",
            List.of("127.1.0.0/16", "127.1.1.0/24", "127.1.1.1/32", "127.1.0.0/24"),
            "bank",
            List.of("127.2.1.0/24", "127.2.1.9/32", "127.2.1.0/28"));
    private static final List<String> SERVICES = List.of(
            "{number: 80, protocol: HTTP, targetPort: %d}",
            "{number: 8443, protocol: TLS, targetPort: %d}",
            "{number: 5432, protocol: TCP, targetPort: %d}",
            "{number: 8080, protocol: HTTP2, targetPort: %d}",
            "{number: 9090, protocol: GRPC, targetPort: %d}");
    private static final List<String> ADDRESSES =
            List.of("127.7.0.0/16", "127.7.1.0/24", "127.0.0.0/24", "127.7.1.7/32");
    static final int DESTINATIONS = 5;
    private static final int FIXED = 3;
    private static final int WORKLOADS = 5;
    private static final int RULES = 12;
    private static final int MOST_REPAIRS = 40;

    private final Dice dice;
    private final Instant now;
    private final List<String> hosts;
    private final List<String> unpaid;
    private final boolean isForPaid;
    private final int buckets;

    private RandomPolicy(Dice dice, Instant now, int buckets) {
        this.dice = dice;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.buckets = buckets;
        this.hosts = new ArrayList<>(PATTERNS);
        Collections.shuffle(hosts, dice.random());
        this.unpaid = dice.in(3) ? List.of(dice.one(List.of("shop", "bank"))) : List.of();
        this.isForPaid = dice.in(2);
    }

    /**
     * A state that writes accept.
     *
     * @param now what bounds of validity are about
     * @param buckets that rules travel in; another number would make listeners anew
     */
    static TrialState state(Dice dice, Instant now, int buckets) {
        while (true) {
            var policy = new RandomPolicy(dice, now, buckets);
            TrialState state = policy.whole();
            for (int repair = 0; repair < MOST_REPAIRS; repair++) {
                Set<Integer> refused = state.refused(now);
                if (refused.isEmpty()) {
                    return state;
                }
                for (int place : refused) {
                    state = state.with(Math.max(0, place), policy.document(Math.max(0, place)));
                }
            }
        }
    }

    private TrialState whole() {
        int count = NAMESPACES.size() + FIXED + DESTINATIONS + WORKLOADS + RULES;
        return new TrialState(IntStream.range(0, count).mapToObj(this::document).toList());
    }

    private JsonNode document(int place) {
        int index = place;
        if (index < NAMESPACES.size()) {
            return parsed(namespace(NAMESPACES.get(index)));
        }
        index -= NAMESPACES.size();
        if (index < FIXED) {
            return index == 2 ? tokens() : parsed(index == 0 ? internet() : elsewhere());
        }
        index -= FIXED;
        if (index < DESTINATIONS) {
            return parsed(destination(index));
        }
        index -= DESTINATIONS;
        return parsed(index < WORKLOADS ? workload(index) : rule(index - WORKLOADS));
    }

    private String namespace(String name) {
        String scopes = switch (name) {
            case "shop" ->
                "{cidrs: [127.1.0.0/16], spiffeIds: [\"spiffe://corp/ns/shop/*\"], issuers: [\"%s\"]}"
                        .formatted(Tokens.SHOP);
            case "bank" ->
                "{cidrs: [%s], spiffeIds: [\"spiffe://corp/ns/bank/*\"], issuers: [\"%s\"]}"
                        .formatted(dice.one(List.of("127.2.0.0/16", "127.2.1.0/24")), Tokens.BANK);
            default -> "{}";
        };
        return """
                {apiVersion: sallyport.io/v1, kind: Namespace,
                 metadata: {name: %s, labels: {paid: '%s'}}, spec: {scopes: %s}}
                """.formatted(name, unpaid.contains(name) ? "no" : "yes", scopes);
    }

    private String internet() {
        String allowed = isForPaid ? "{from: Selector, selector: {matchLabels: {paid: 'yes'}}}" : "{from: All}";
        return """
                {apiVersion: sallyport.io/v1, kind: EgressGateway, metadata: {namespace: edge, name: internet},
                 spec: {agentSelector: {identities: [{clientId: gateway-internet}]}, allowedNamespaces: %s,
                  defaultAction: %s, addressPolicy: {permit: [127.0.0.0/8]}, ruleBuckets: %d,
                  listeners: [{name: http, address: 127.0.0.1, port: 101, protocol: HTTP%s},
                              {name: tls, address: 127.0.0.1, port: 104, protocol: TLS%s},
                              {name: tcp, address: 127.0.0.1, port: 105, protocol: TCP, destinationRef: %s},
                              {name: connect, address: 127.0.0.1, port: 106, protocol: CONNECT%s},
                              {name: ptls, address: 127.0.0.1, port: 108, protocol: TLS, acceptProxyProtocol: true%s},
                              {name: ptcp, address: 127.0.0.1, port: 109, protocol: TCP, acceptProxyProtocol: true,
                               destinationRef: %s}]}}
                """.formatted(
                        allowed,
                        dice.in(3) ? "Allow" : "Deny",
                        buckets,
                        hostnames(),
                        hostnames(),
                        destination(),
                        hostnames(),
                        hostnames(),
                        destination());
    }

    private String destination() {
        int index = dice.one(admitted());
        return "{namespace: %s, name: d%d}".formatted(NAMESPACES.get(index % NAMESPACES.size()), index);
    }

    private List<Integer> admitted() {
        return IntStream.range(0, DESTINATIONS)
                .filter(index -> isAdmitted(NAMESPACES.get(index % NAMESPACES.size())))
                .boxed()
                .toList();
    }

    /** Whose tokens the gateway takes. */
    static JsonNode tokens() {
        return parsed("""
                {apiVersion: sallyport.io/v1, kind: SecurityPolicy, metadata: {namespace: edge, name: tokens},
                 spec: {targetRefs: [{kind: EgressGateway, name: internet}],
                  authentication: {jwt: [{issuer: "%s", jwks: %s}, {issuer: "%s", audiences: [sallyport], jwks: %s}]}}}
                """.formatted(Tokens.SHOP, Tokens.jwks(), Tokens.BANK, Tokens.jwks()));
    }

    private String hostnames() {
        return dice.in(3)
                ? ", hostnames: [\"%s\", \"%s\"]".formatted(dice.one(PATTERNS), dice.one(RandomAttempt.HOSTS))
                : "";
    }

    private static String elsewhere() {
        return """
                {apiVersion: sallyport.io/v1, kind: EgressGateway, metadata: {namespace: edge, name: elsewhere},
                 spec: {agentSelector: {identities: [{clientId: gateway-elsewhere}]}, allowedNamespaces: {from: All},
                  addressPolicy: {permit: [127.0.0.0/8]},
                  listeners: [{name: http, address: 127.0.0.1, port: 102, protocol: HTTP}]}}
                """;
    }

    private String destination(int index) {
        String own = NAMESPACES.get(index % NAMESPACES.size());
        List<String> owned = hosts.subList(index * 2, index * 2 + 2);
        String delegates = owned.stream()
                .filter(host -> host.startsWith("*"))
                .flatMap(host -> NAMESPACES.stream()
                        .filter(namespace -> !namespace.equals(own))
                        .map(namespace -> "{host: \"%s\", namespace: %s}".formatted(host, namespace)))
                .collect(Collectors.joining(", ", "[", "]"));
        String visibility =
                dice.in(3) ? "" : ", visibility: [%s]".formatted(String.join(", ", NAMESPACES.subList(0, 3)));
        return """
                {apiVersion: sallyport.io/v1, kind: Destination, metadata: {namespace: %s, name: d%d, labels: {kind: %s}},
                 spec: {hosts: ["%s"], ports: [%s], resolution: Static, endpoints: [{address: 127.0.0.1}],
                  delegates: %s%s%s}}
                """.formatted(
                own,
                index,
                dice.one(List.of("pay", "mail")),
                String.join("\", \"", owned),
                ports(index),
                delegates,
                visibility,
                index < ADDRESSES.size() && dice.in(3) ? ", addresses: [%s]".formatted(ADDRESSES.get(index)) : "");
    }

    private String ports(int destination) {
        List<Integer> services =
                new ArrayList<>(IntStream.range(0, SERVICES.size()).boxed().toList());
        Collections.shuffle(services, dice.random());
        return services.subList(0, 1 + dice.below(services.size())).stream()
                .map(service -> SERVICES.get(service).formatted(Upstreams.logicalPort(destination, service)))
                .collect(Collectors.joining(", "));
    }

    private String workload(int index) {
        String own = NAMESPACES.get(1 + index % 2);
        String byAddress = "{cidr: %s}".formatted(dice.one(ranges(own)));
        String byToken = "{jwt: {issuer: \"%s\", subject: w%d}}".formatted(Tokens.of(own), index % 3);
        String byCertificate = "{spiffeId: \"spiffe://corp/ns/%s/w%d\"}".formatted(own, index % 3);
        String identity = switch (dice.below(6)) {
            case 0 -> byToken;
            case 1 -> byCertificate;
            case 2, 3 -> byAddress + ", " + byToken;
            case 4 -> byAddress + ", " + byToken + ", " + byCertificate;
            default -> byAddress;
        };
        return """
                {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: %s, name: w%d},
                 spec: {labels: {app: %s}, identities: [%s]}}
                """.formatted(own, index, dice.one(List.of("a", "b")), identity);
    }

    /** Of addresses that a namespace may name. */
    static List<String> ranges(String namespace) {
        return RANGES.getOrDefault(namespace, List.of());
    }

    private String rule(int index) {
        String own = NAMESPACES.get(index % NAMESPACES.size());
        return new RandomRule(dice, now, own, isAdmitted(own)).document(index);
    }

    private boolean isAdmitted(String namespace) {
        return !isForPaid || !unpaid.contains(namespace);
    }

    private static JsonNode parsed(String yaml) {
        try {
            return Format.YAML.mapper().readTree(yaml);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(yaml, malformed);
        }
    }
}
