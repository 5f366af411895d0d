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
import java.util.stream.IntStream;

/** Small states full of overlaps that writes accept. The names are always the same, so each state replaces the last. */
final class RandomPolicy {
    static final List<String> NAMESPACES = List.of("edge", "shop", "bank");
    private static final Map<String, List<String>> RANGES = Map.of(
            "edge",
            List.of(
                    "127.1.0.0/16",
                    "127.1.1.0/24",
                    "127.2.1.9/32",
                    "127.0.0.0/8",
                    "127.3.0.0/24",
                    "fd00:1::/32",
                    "0::1/128",
                    "fd00:2::/64"),
            "shop",
            List.of("127.1.0.0/16", "127.1.1.0/24", "127.1.1.1/32", "127.1.0.0/24"),
            "bank",
            List.of("127.2.1.0/24", "127.2.1.9/32", "127.2.1.0/28"));
    static final int DESTINATIONS = 5;
    private static final int FIXED = 13;
    private static final int WORKLOADS = 5;
    private static final int RULES = 12;
    private static final int MOST_REPAIRS = 40;

    private final Dice dice;
    private final Instant now;
    private final List<String> hosts;
    private final List<String> unpaid;
    private final boolean isForPaid;
    private final RandomGateway gateway;

    private RandomPolicy(Dice dice, Instant now, RandomGateway gateway) {
        this.dice = dice;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.gateway = gateway;
        this.hosts = new ArrayList<>(RandomDestination.PATTERNS);
        Collections.shuffle(hosts, dice.random());
        this.unpaid = dice.in(3) ? List.of(dice.one(List.of("shop", "bank"))) : List.of();
        this.isForPaid = dice.in(2);
    }

    /**
     * A state that writes accept.
     *
     * @param now what bounds of validity are about
     */
    static TrialState state(Instant now, RandomGateway gateway) {
        while (true) {
            var policy = new RandomPolicy(gateway.dice(), now, gateway);
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
            return fixed(index);
        }
        index -= FIXED;
        if (index < DESTINATIONS) {
            return parsed(destination(index));
        }
        index -= DESTINATIONS;
        return parsed(index < WORKLOADS ? workload(index) : rule(index - WORKLOADS));
    }

    private JsonNode fixed(int index) {
        return switch (index) {
            case 0 -> parsed(gateway.internet(allowed(), destination(), destination()));
            case 1 -> parsed(RandomGateway.elsewhere());
            case 2 -> tokens();
            case 3 -> Material.credential("edge", "gate");
            case 4 -> Material.credential("edge", "clients");
            case 5, 6, 7 -> Material.credential(NAMESPACES.get(index - 5), "roots");
            case 8, 9 -> parsed(trust(NAMESPACES.get(index - 8)));
            case 10 -> parsed(new RandomAuthorization(dice).ofListener());
            default -> parsed(new RandomAuthorization(dice).ofDestination((index - 11) * 2));
        };
    }

    private String allowed() {
        return isForPaid ? "{from: Selector, selector: {matchLabels: {paid: 'yes'}}}" : "{from: All}";
    }

    // Nobody is trusted by the last namespace, beside the authorities of the system.
    private static String trust(String namespace) {
        return RandomGateway.trust(
                namespace,
                IntStream.range(0, DESTINATIONS)
                        .filter(index ->
                                NAMESPACES.get(index % NAMESPACES.size()).equals(namespace))
                        .mapToObj(index -> "d" + index)
                        .toList());
    }

    /** Whose tokens the gateway takes. */
    static JsonNode tokens() {
        return parsed(RandomGateway.tokens());
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

    private String destination(int index) {
        return new RandomDestination(
                        dice, NAMESPACES.get(index % NAMESPACES.size()), hosts.subList(index * 2, index * 2 + 2))
                .document(index);
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
