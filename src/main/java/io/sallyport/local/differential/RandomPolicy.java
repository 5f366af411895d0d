package io.sallyport.local.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final int ROUTES = 8;
    private static final int MOST_REPAIRS = 40;
    private static final int REPAIRS_OF_ROUTES = 3;

    private final Dice dice;
    private final Instant now;
    private final List<String> hosts;
    private final List<String> unpaid;
    private final boolean isForPaid;
    private final boolean isOpen;
    private final boolean isRouted;
    private final RandomGateway gateway;
    private boolean isRepaired;

    private RandomPolicy(Dice dice, Instant now, RandomGateway gateway) {
        this.dice = dice;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.gateway = gateway;
        this.hosts = new ArrayList<>(RandomDestination.PATTERNS);
        Collections.shuffle(hosts, dice.random());
        this.unpaid = dice.in(3) ? List.of(dice.one(List.of("shop", "bank"))) : List.of();
        this.isForPaid = dice.in(4);
        this.isOpen = !dice.in(4);
        this.isRouted = !dice.in(5);
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
                    return policy.tightened(state);
                }
                policy.isRepaired = repair >= REPAIRS_OF_ROUTES;
                for (int place : refused) {
                    state = state.with(Math.max(0, place), policy.document(Math.max(0, place)));
                }
            }
        }
    }

    // What a route leads to may be closed after it was written; of what may be tightened some is.
    private TrialState tightened(TrialState state) {
        if (!isRouted || !dice.in(3)) {
            return state;
        }
        List<JsonNode> changes = state.documents().stream()
                .filter(document -> document.path("kind").asText().equals("EgressRule") && dice.in(4))
                .map(RandomPolicy::tightened)
                .toList();
        TrialState later = state.then(changes);
        return later.isLaterTaken(now) ? later : state;
    }

    private static JsonNode tightened(JsonNode rule) {
        ObjectNode copy = rule.deepCopy();
        ObjectNode spec = (ObjectNode) copy.path("spec");
        boolean allows = spec.path("action").asText().equals("Allow");
        boolean isOff = spec.path("enforcement").asText().equals("Off");
        spec.put("enforcement", allows && !isOff ? "Off" : "Enforce");
        spec.put("action", allows && !isOff ? "Allow" : "Deny");
        return copy;
    }

    private TrialState whole() {
        int count = NAMESPACES.size() + FIXED + DESTINATIONS + WORKLOADS + RULES + ROUTES;
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
        if (index < WORKLOADS) {
            return parsed(workload(index));
        }
        index -= WORKLOADS;
        return parsed(index < RULES ? rule(index) : route(index - RULES));
    }

    private JsonNode fixed(int index) {
        var security = new RandomSecurity(dice);
        return switch (index) {
            case 0 -> parsed(gateway.internet(allowed(), isOpen ? 12 : 3, destination(), destination()));
            case 1 -> parsed(RandomGateway.elsewhere());
            case 2 -> parsed(security.ofGateway());
            case 3 -> Material.credential("edge", "gate");
            case 4 -> Material.credential("edge", "clients");
            case 5, 6, 7 -> Material.credential(NAMESPACES.get(index - 5), "roots");
            case 8, 9 -> parsed(trust(NAMESPACES.get(index - 8)));
            case 10 -> parsed(security.ofListener());
            default -> parsed(security.ofDestination((index - 11) * 2));
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

    /** The same policy, with the keys of this run in place of others. */
    static JsonNode renewed(JsonNode policy) {
        JsonNode copy = policy.deepCopy();
        copy.at("/spec/authentication/jwt")
                .forEach(provider -> ((ObjectNode) provider).set("jwks", parsed(Tokens.jwks())));
        return copy;
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
        return new RandomDestination(dice, NAMESPACES.get(index % NAMESPACES.size()), owned(index), isOpen)
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

    private String route(int index) {
        String own = NAMESPACES.get(index % NAMESPACES.size());
        List<Integer> destinations = IntStream.range(0, DESTINATIONS)
                .filter(number -> NAMESPACES.get(number % NAMESPACES.size()).equals(own))
                .boxed()
                .toList();
        return new RandomRoute(
                        dice,
                        own,
                        destinations,
                        IntStream.range(0, DESTINATIONS).mapToObj(this::owned).toList(),
                        !isRouted || dice.in(10)
                                ? RandomRoute.Kind.QUIET
                                : isRepaired ? RandomRoute.Kind.PLAIN : RandomRoute.Kind.ANY)
                .document(index);
    }

    private List<String> owned(int destination) {
        return hosts.subList(destination * 2, destination * 2 + 2);
    }

    // Where almost everybody may go almost anywhere, routes may lead almost anywhere too.
    private String rule(int index) {
        String own = NAMESPACES.get(index % NAMESPACES.size());
        if (isOpen && index == 0) {
            return RandomRule.forAll();
        }
        return new RandomRule(dice, now, own, isAdmitted(own), isOpen ? 12 : 3).document(index);
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
