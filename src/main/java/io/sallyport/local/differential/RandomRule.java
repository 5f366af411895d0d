package io.sallyport.local.differential;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * Rules of one namespace, of what the other documents of a {@link RandomPolicy} define.
 *
 * @param now what bounds of validity are about
 * @param own the namespace
 * @param isAdmitted whether the gateway under trial takes rules of the namespace
 * @param timesDenied once in so many times it denies
 */
record RandomRule(Dice dice, Instant now, String own, boolean isAdmitted, int timesDenied) {
    private static final List<String> LISTENERS =
            List.of("http", "https", "mutual", "tls", "tcp", "connect", "secure", "ptls", "ptcp");

    /** The first, by which whoever is not denied may go anywhere. */
    static String forAll() {
        return """
                {apiVersion: sallyport.io/v1, kind: EgressRule, metadata: {namespace: edge, name: r0},
                 spec: {gatewayRef: {namespace: edge, name: internet}, tier: Baseline, priority: 30, action: Allow,
                  enforcement: 'Enforce', from: [{ipBlocks: [0.0.0.0/0, "::/0"]}],
                  to: [{destinationSelector: {}}]}}
                """;
    }

    String document(int index) {
        boolean isElsewhere = dice.in(10) || !isAdmitted;
        return """
                {apiVersion: sallyport.io/v1, kind: EgressRule, metadata: {namespace: %s, name: r%d},
                 spec: {gatewayRef: {namespace: edge, name: %s%s}, tier: %s, priority: %d, action: %s,
                  enforcement: '%s', from: [%s], to: [%s]%s%s}}
                """.formatted(
                        own,
                        index,
                        isElsewhere ? "elsewhere" : "internet",
                        !isElsewhere && dice.in(5) ? ", listener: " + dice.one(LISTENERS) : "",
                        own.equals("edge") ? dice.one(List.of("Admin", "Baseline")) : "Namespace",
                        dice.one(List.of(10, 10, 20)),
                        dice.in(timesDenied) ? "Deny" : "Allow",
                        dice.one(List.of("Enforce", "Enforce", "Enforce", "Enforce", "Shadow", "Off")),
                        several(this::source),
                        several(this::target),
                        validity(),
                        isElsewhere && isAdmitted
                                ? ", forwarding: {failoverGatewayRefs: [{namespace: edge, name: internet}]}"
                                : "");
    }

    private String several(Supplier<String> one) {
        return dice.in(3) ? one.get() + ", " + one.get() : one.get();
    }

    private String source() {
        StringJoiner entry = new StringJoiner(", ", "{", "}");
        switch (dice.below(9)) {
            case 0, 1 -> entry.add("workloadSelector: {matchLabels: {app: %s}}".formatted(dice.one(List.of("a", "b"))));
            case 2 -> entry.add("workloadSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}");
            case 3 -> entry.add("workloadSelector: {}");
            case 4 -> entry.add("ipBlocks: [0.0.0.0/0, \"::/0\"]");
            case 5 -> entry.add("principals: [\"%s\"]".formatted(dice.one(principals())));
            case 6 ->
                entry.add("principals: [\"%s\"]".formatted(dice.one(principals())))
                        .add("ipBlocks: [%s]".formatted(dice.one(RandomPolicy.ranges(own))));
            case 7 ->
                entry.add("namespaces: [%s]".formatted(own.equals("edge") ? dice.one(RandomPolicy.NAMESPACES) : own));
            default -> entry.add("ipBlocks: [%s]".formatted(dice.one(RandomPolicy.ranges(own))));
        }
        return entry.toString();
    }

    private List<String> principals() {
        String namespace = own.equals("edge") ? "shop" : own;
        return List.of(
                Tokens.of(namespace) + "/w0",
                Tokens.of(namespace) + "/*",
                Tokens.of(namespace) + "/w*",
                "spiffe://corp/ns/" + namespace + "/w0",
                "spiffe://corp/ns/" + namespace + "/*",
                "*");
    }

    private String target() {
        if (dice.in(8)) {
            return "{destinationSelector: {matchLabels: {kind: %s}}}".formatted(dice.one(List.of("pay", "mail")));
        }
        int index = dice.below(RandomPolicy.DESTINATIONS);
        String ports = dice.in(2) ? "" : ", ports: [%d]".formatted(dice.one(List.of(80, 443, 8443, 5432, 8080, 9090)));
        return "{destinationRef: {namespace: %s, name: d%d}%s}"
                .formatted(RandomPolicy.NAMESPACES.get(index % RandomPolicy.NAMESPACES.size()), index, ports);
    }

    // Near enough to be crossed while requests are made.
    private String validity() {
        if (!dice.in(4)) {
            return "";
        }
        Instant middle = now.plusMillis(2500 + 250L * dice.below(10));
        return switch (dice.below(3)) {
            case 0 -> ", validity: {notBefore: \"%s\"}".formatted(middle);
            case 1 -> ", validity: {expiresAt: \"%s\"}".formatted(middle);
            default -> ", validity: {notBefore: \"%s\", expiresAt: \"%s\"}".formatted(middle, middle.plusMillis(800));
        };
    }
}
