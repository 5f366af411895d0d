package io.sallyport.local.differential;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** What policies of a {@link RandomPolicy} allow of what its rules allow. */
record RandomAuthorization(Dice dice) {
    private static final int MOST_RULES = 4;
    private static final List<String> CONDITIONS = List.of(
            "request.method == 'GET'",
            "request.host.startsWith('x')",
            "request.host.matches('(?i)example')",
            "request.url_path.startsWith('/a')",
            "request.path == '/a?x=1'",
            "request.query == 'x=1'",
            "'x-env' in request.headers",
            "request.headers['x-env'] == 'live'",
            "request.headers['x-env'] != 'live'",
            "!(request.headers['x-env'] == 'live')",
            "request.headers['x-env'] == 'live' || request.url_path == '/pair'",
            "request.headers['x-team'] == 'asked'",
            "request.time < timestamp('2000-01-01T00:00:00Z')",
            "connection.mtls",
            "connection.uri_san_peer_certificate == 'spiffe://corp/ns/shop/w0'",
            "connection.requested_server_name != ''",
            "claims.sub.startsWith('w')",
            "has(claims.sub) && claims.sub != 'w0'",
            "claims.team == 'pay'",
            "'pay' in claims.team",
            "claims.level >= 3.0",
            "claims.org.unit == 'pay'");

    /** The section as it stands in a policy. Half of the time nothing is asked but to look. */
    String section() {
        var rules = new StringJoiner(", ", "authorization: {rules: [", "]}").add(rule("Audit"));
        if (dice.in(2)) {
            for (int index = 0; index <= dice.below(MOST_RULES); index++) {
                rules.add(rule(dice.one(List.of("Allow", "Deny", "Deny", "Audit"))));
            }
            // What allows too little shows nothing of the rest.
            if (dice.in(2)) {
                rules.add("{action: Allow, to: {methods: [GET, POST, PUT]}}");
            }
        }
        return rules.toString();
    }

    private String rule(String action) {
        String when = dice.in(3) ? ", when: \"%s\"".formatted(dice.one(CONDITIONS)) : "";
        String from = dice.in(2) ? some("from", this::source) : "";
        String to = (when.isEmpty() && from.isEmpty()) || dice.in(4) ? some("to", this::request) : "";
        return "{action: %s%s%s%s}".formatted(action, from, to, when);
    }

    private static String some(String field, Supplier<String> content) {
        return ", %s: {%s}".formatted(field, content.get());
    }

    private String source() {
        return switch (dice.below(6)) {
            case 0 -> "namespaces: [%s]".formatted(dice.one(RandomPolicy.NAMESPACES));
            case 1 -> "ipBlocks: [\"%s\"]".formatted(dice.one(RandomPolicy.ranges("edge")));
            case 2 -> "principals: [\"%s\"]".formatted(dice.one(principals()));
            case 3 ->
                "principals: [\"%s\"], ipBlocks: [\"%s\"]"
                        .formatted(dice.one(principals()), dice.one(RandomPolicy.ranges("edge")));
            case 4 -> "claims: [{path: [sub], values: [w0, w1]}]";
            default ->
                "claims: [%s]"
                        .formatted(dice.one(List.of(
                                "{path: [team], values: [pay]}",
                                "{path: [org, unit], values: [pay, mail]}",
                                "{path: [team], values: [mail, ops]}, {path: [sub], values: [w0, w2]}")));
        };
    }

    private String request() {
        return switch (dice.below(6)) {
            case 0 -> "hosts: [\"%s\"]".formatted(dice.one(RandomDestination.PATTERNS));
            case 1 -> "ports: [%d]".formatted(dice.one(List.of(80, 443, 8443, 5432)));
            case 2 -> "methods: [%s]".formatted(dice.one(List.of("GET", "POST", "GET, PUT", "OPTIONS")));
            case 3 -> "methods: [GET], " + paths();
            default -> paths();
        };
    }

    private String paths() {
        return "paths: [\"%s\"]"
                .formatted(dice.one(List.of("/a", "/a*", "/a/*", "/pair", "/a/b", "/*", "/A", "/a%20b")));
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
