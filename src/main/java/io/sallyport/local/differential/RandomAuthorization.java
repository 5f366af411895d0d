package io.sallyport.local.differential;

import java.util.List;
import java.util.StringJoiner;

/** What policies of a {@link RandomPolicy} allow of what its rules allow. */
record RandomAuthorization(Dice dice) {
    private static final List<String> CONDITIONS = List.of(
            "request.method == 'GET'",
            "request.host.startsWith('x')",
            "request.host.matches('(?i)example')",
            "'x-none' in request.headers",
            "request.headers['x-none'] == 'a'",
            "request.headers['x-none'] == 'a' || request.url_path == '/pair'",
            "request.time < timestamp('2000-01-01T00:00:00Z')",
            "connection.mtls",
            "claims.sub.startsWith('w')",
            "has(claims.sub) && claims.sub != 'w0'");
    private static final List<String> LISTENERS = List.of("http", "https", "mutual", "connect", "secure");

    /** Of one listener. */
    String ofListener() {
        return policy(
                "edge",
                "authorized-there",
                "{kind: EgressGateway, name: internet, sectionName: %s}".formatted(dice.one(LISTENERS)));
    }

    /** Of the destination with that number. */
    String ofDestination(int index) {
        return policy(
                RandomPolicy.NAMESPACES.get(index % RandomPolicy.NAMESPACES.size()),
                "authorized-" + index,
                "{kind: Destination, name: d%d}".formatted(index));
    }

    // Half of the time nothing is asked but to look.
    private String policy(String namespace, String name, String target) {
        String rules = dice.in(2) ? rule("Audit") : rule("Audit") + ", " + rule(deciding()) + ", " + rule(deciding());
        return """
                {apiVersion: sallyport.io/v1, kind: SecurityPolicy, metadata: {namespace: %s, name: %s},
                 spec: {targetRefs: [%s], authorization: {rules: [%s]}}}
                """.formatted(namespace, name, target, rules);
    }

    private String deciding() {
        return dice.one(List.of("Allow", "Deny"));
    }

    private String rule(String action) {
        StringJoiner rule = new StringJoiner(", ", "{", "}");
        rule.add("action: " + action);
        switch (dice.below(7)) {
            case 0 -> rule.add("from: {namespaces: [%s]}".formatted(dice.one(RandomPolicy.NAMESPACES)));
            case 1 -> rule.add("from: {ipBlocks: [%s]}".formatted(dice.one(RandomPolicy.ranges("edge"))));
            case 2 -> rule.add("from: {principals: [\"%s\"]}".formatted(dice.one(principals())));
            case 3 -> rule.add("to: {hosts: [\"%s\"]}".formatted(dice.one(RandomDestination.PATTERNS)));
            case 4 -> rule.add("to: {ports: [%d]}".formatted(dice.one(List.of(80, 443, 8443, 5432))));
            case 5 -> rule.add("to: {methods: [%s]}".formatted(dice.one(List.of("GET", "PUT"))));
            default -> rule.add("when: \"%s\"".formatted(dice.one(CONDITIONS)));
        }
        return rule.toString();
    }

    private static List<String> principals() {
        return List.of(
                Tokens.of("shop") + "/w0",
                Tokens.of("bank") + "/*",
                "spiffe://corp/ns/shop/w0",
                "spiffe://corp/ns/*",
                "*");
    }
}
