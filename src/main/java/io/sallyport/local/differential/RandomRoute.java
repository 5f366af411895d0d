package io.sallyport.local.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Routes of the destinations of one namespace, or of a gateway.
 *
 * @param own the namespace
 * @param destinations the numbers of those of the namespace
 * @param hosts what each destination owns, by its number
 */
record RandomRoute(Dice dice, String own, List<Integer> destinations, List<List<String>> hosts, Kind kind) {
    /** How much it wants. */
    enum Kind {
        /** To lead nothing of the gateway under trial. */
        QUIET,
        /** To lead nothing to anybody but the owner, as he is asked. */
        PLAIN,
        /** To lead anything anywhere. */
        ANY
    }

    private static final List<String> LISTENERS =
            List.of("http", "http", "https", "mutual", "connect", "connect", "tls");
    private static final List<String> PATHS = List.of(
            "{type: Exact, value: /a}",
            "{type: Exact, value: /a/b}",
            "{type: Exact, value: /pair}",
            "{type: Exact, value: /a/}",
            "{type: Exact, value: /A}",
            "{type: Exact, value: /a%20b}",
            "{type: RegularExpression, value: '/a.*'}",
            "{type: RegularExpression, value: '/[ab]/?'}",
            "{type: RegularExpression, value: '/(a|pair)(/.*)?'}",
            "{type: RegularExpression, value: '/[^/]+'}",
            "{type: RegularExpression, value: '(?i)/A'}");
    private static final List<String> PREFIXES = List.of(
            "{type: PathPrefix, value: /}",
            "{type: PathPrefix, value: /a}",
            "{value: /a/b/}",
            "{value: /pair}",
            "{type: PathPrefix, value: /b}",
            "{type: PathPrefix, value: /a%20b}");
    private static final List<String> HEADERS = List.of(
            "{name: X-Env, value: live}",
            "{name: x-env, type: RegularExpression, value: 'l.*'}",
            "{name: x-env, type: RegularExpression, value: 'live,test'}",
            "{name: x-env, type: Present}",
            "{name: x-env, type: Present, invert: true}",
            "{name: x-env, value: live, invert: true}",
            "{name: x-env, type: RegularExpression, value: '.{3,5}', invert: true}",
            "{name: x-team, type: Present}",
            "{name: content-type, value: text/plain}");
    private static final List<String> QUERIES = List.of(
            "{name: x, value: '1'}",
            "{name: x, type: RegularExpression, value: '1?'}",
            "{name: x, type: RegularExpression, value: '[0-9]'}",
            "{name: x, type: Present}",
            "{name: x, type: Present, invert: true}",
            "{name: x, value: '1', invert: true}",
            "{name: x, type: RegularExpression, value: '[0-9]*', invert: true}",
            "{name: y, value: '1'}",
            "{name: X, value: '1'}");
    private static final List<String> CALLS = List.of(
            "{service: trial.Pair}", "{service: trial.Pair, method: Call}", "{method: Call}", "{method: Other}");
    private static final List<String> EDITS = List.of(
            "{set: [{name: x-set, value: route}]}",
            "{add: [{name: X-Add, value: 'route 50%'}]}",
            "{remove: [x-env]}",
            "{set: [{name: x-env, value: routed}], add: [{name: x-add, value: '%REQ(x-env)%'}], remove: [x-team]}",
            "{remove: [x-add, x-level], set: [{name: x-team, value: route}]}");
    private static final List<String> REPLIES = List.of(
            "{set: [{name: x-reply, value: route}]}",
            "{add: [{name: x-reply, value: route}]}",
            "{remove: [x-internal]}",
            "{set: [{name: x-internal, value: route}], add: [{name: x-more, value: route}], remove: [x-reply]}");
    private static final List<String> REPLACED = List.of("/", "/new", "/new/", "/n/e/w");
    private static final List<Integer> STATUSES = List.of(200, 403, 404, 418, 500, 503);

    String document(int index) {
        return """
                {apiVersion: sallyport.io/v1, kind: TrafficRoute, metadata: {namespace: %s, name: t%d},
                 spec: {parentRefs: [%s]%s, rules: [%s]}}
                """.formatted(own, index, parents(), hostnames(), rules());
    }

    private String parents() {
        if (kind == Kind.QUIET) {
            return own.equals("edge")
                    ? "{kind: EgressGateway, name: elsewhere}"
                    : ofDestination(destinations.getFirst());
        }
        Set<String> parents = new LinkedHashSet<>();
        if (own.equals("edge") && dice.in(2)) {
            parents.add("{kind: EgressGateway, name: internet%s}"
                    .formatted(dice.in(3) ? ", sectionName: " + dice.one(LISTENERS) : ""));
        }
        if (parents.isEmpty() || dice.in(3)) {
            parents.add(ofDestination(dice.one(destinations)));
        }
        if (dice.in(3)) {
            parents.add(ofDestination(dice.one(destinations)));
        }
        return String.join(", ", parents);
    }

    private static String ofDestination(int number) {
        return "{kind: Destination, name: d%d}".formatted(number);
    }

    private String hostnames() {
        if (kind == Kind.QUIET && !own.equals("edge")) {
            return ", hostnames: [nowhere.invalid]";
        }
        if (!dice.in(3)) {
            return "";
        }
        Set<String> names = new LinkedHashSet<>();
        IntStream.rangeClosed(0, dice.below(2))
                .forEach(each ->
                        names.add(dice.in(2) ? dice.one(RandomDestination.PATTERNS) : dice.one(RandomAttempt.HOSTS)));
        return ", hostnames: [\"%s\"]".formatted(String.join("\", \"", names));
    }

    private String rules() {
        List<String> rules = new ArrayList<>();
        for (int index = 0; index <= dice.below(3); index++) {
            rules.add(rule());
        }
        if (dice.in(2)) {
            rules.add("{}");
        }
        return String.join(", ", rules);
    }

    private String rule() {
        boolean isByPrefix = dice.in(3);
        boolean isUnread = dice.in(10);
        if (isUnread) {
            return "{matches: [%s]%s}".formatted(unread(), backends(destination()));
        }
        return "{matches: [%s], %s}"
                .formatted(
                        matches(isByPrefix),
                        switch (dice.below(10)) {
                            case 0 -> filters(redirect(isByPrefix));
                            case 1 -> filters(response());
                            case 2 -> filters(fault()) + backends(destination());
                            default -> forwarding(isByPrefix);
                        });
    }

    private static String filters(String filters) {
        return "filters: [%s]".formatted(filters);
    }

    // A host that is sent belongs to whom it is sent.
    private String forwarding(boolean isByPrefix) {
        int led = destination();
        boolean isSentAnother = kind == Kind.ANY && dice.in(3);
        String host = isSentAnother ? "hostname: \"%s\"".formatted(dice.one(owned(led))) : "";
        return filters(edits(host, isByPrefix)) + (isSentAnother ? leading(List.of(backend(led, 1))) : backends(led));
    }

    private int destination() {
        return kind == Kind.PLAIN || dice.in(3) ? dice.one(destinations) : dice.below(RandomPolicy.DESTINATIONS);
    }

    // What can be asked of connections that nobody reads.
    private String unread() {
        String sni = "sni: [\"%s\"]"
                .formatted(dice.one(RandomDestination.PATTERNS.stream()
                        .filter(one -> !one.equals("*"))
                        .toList()));
        String port = "port: " + dice.one(List.of(443, 8443, 5432));
        return "{%s}"
                .formatted(
                        switch (dice.below(3)) {
                            case 0 -> sni;
                            case 1 -> sni + ", " + port;
                            default -> port;
                        });
    }

    private String matches(boolean isByPrefix) {
        Set<String> matches = new LinkedHashSet<>();
        for (int index = 0; index <= dice.below(2); index++) {
            matches.add(match(isByPrefix));
        }
        return String.join(", ", matches);
    }

    private String match(boolean isByPrefix) {
        List<String> parts = new ArrayList<>();
        if (!isByPrefix && dice.in(8)) {
            parts.add("grpc: " + dice.one(CALLS));
        } else {
            if (dice.in(2)) {
                parts.add("path: " + dice.one(isByPrefix || dice.in(3) ? PREFIXES : PATHS));
            }
            if (dice.in(5)) {
                parts.add("method: " + dice.one(List.of("GET", "POST", "OPTIONS")));
            }
        }
        if (dice.in(4)) {
            parts.add("headers: [%s]".formatted(several(HEADERS)));
        }
        if (dice.in(4)) {
            parts.add("queryParams: [%s]".formatted(several(QUERIES)));
        }
        if (dice.in(10)) {
            parts.add("port: " + dice.one(List.of(80, 443, 8443, 5432)));
        }
        return "{%s}".formatted(String.join(", ", parts));
    }

    private String several(List<String> of) {
        Set<String> some = new LinkedHashSet<>();
        IntStream.rangeClosed(0, dice.below(2)).forEach(each -> some.add(dice.one(of)));
        return String.join(", ", some);
    }

    private String redirect(boolean isByPrefix) {
        List<String> parts = new ArrayList<>();
        if (dice.in(3)) {
            parts.add("scheme: " + dice.one(List.of("http", "https")));
        }
        if (dice.in(2)) {
            parts.add("hostname: " + dice.one(RandomAttempt.HOSTS));
        }
        if (dice.in(3)) {
            parts.add("port: " + dice.one(List.of(80, 443, 8080)));
        }
        if (parts.isEmpty() || dice.in(3)) {
            parts.add("path: " + path(isByPrefix));
        }
        if (dice.in(2)) {
            parts.add("statusCode: " + dice.one(List.of(301, 302, 303, 307, 308)));
        }
        return "{type: RequestRedirect, requestRedirect: {%s}}%s".formatted(String.join(", ", parts), replies());
    }

    private String path(boolean isByPrefix) {
        return isByPrefix && dice.in(2)
                ? "{type: ReplacePrefixMatch, replacePrefixMatch: '%s'}".formatted(dice.one(REPLACED))
                : "{type: ReplaceFullPath, replaceFullPath: '%s'}".formatted(dice.one(REPLACED));
    }

    private String response() {
        String body = dice.in(2) ? "" : ", body: 'answered 50%', contentType: text/html";
        return "{type: DirectResponse, directResponse: {status: %d%s}}%s"
                .formatted(dice.one(STATUSES), body, replies());
    }

    private String fault() {
        return "{type: FaultInjection, faultInjection: {abort: {status: %d%s}}}%s"
                .formatted(dice.one(STATUSES), dice.in(3) ? ", percent: 50" : "", replies());
    }

    private String replies() {
        return dice.in(3)
                ? ", {type: ResponseHeaderModifier, responseHeaderModifier: %s}".formatted(dice.one(REPLIES))
                : "";
    }

    private String edits(String host, boolean isByPrefix) {
        List<String> filters = new ArrayList<>();
        if (dice.in(3)) {
            filters.add("{type: RequestHeaderModifier, requestHeaderModifier: %s}".formatted(dice.one(EDITS)));
        }
        if (dice.in(3)) {
            filters.add("{type: ResponseHeaderModifier, responseHeaderModifier: %s}".formatted(dice.one(REPLIES)));
        }
        String path = dice.in(2) ? "path: " + path(isByPrefix) : "";
        if (!host.isEmpty() || !path.isEmpty()) {
            String both = host.isEmpty() || path.isEmpty() ? host + path : host + ", " + path;
            filters.add("{type: URLRewrite, urlRewrite: {%s}}".formatted(both));
        }
        return String.join(", ", filters);
    }

    // One of its own, mostly.
    private List<String> owned(int destination) {
        List<String> patterns = hosts.get(destination);
        List<String> owned = RandomAttempt.HOSTS.stream()
                .filter(host -> patterns.stream()
                        .anyMatch(pattern -> pattern.equals(host)
                                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)))))
                .toList();
        return owned.isEmpty() || dice.in(8) ? RandomAttempt.HOSTS : owned;
    }

    // To the owner where there are none.
    private String backends(int led) {
        if (kind == Kind.PLAIN || dice.in(3)) {
            return "";
        }
        Set<Integer> chosen = new LinkedHashSet<>(List.of(led));
        IntStream.range(0, dice.below(3)).forEach(each -> chosen.add(destination()));
        return leading(chosen.stream()
                .map(number -> backend(number, number == led ? 1 : dice.one(List.of(0, 1, 3))))
                .toList());
    }

    private static String leading(List<String> backends) {
        return ", backends: [%s]".formatted(String.join(", ", backends));
    }

    private String backend(int number, int weight) {
        String port = dice.in(8) ? ", port: " + dice.one(List.of(80, 443, 8080)) : "";
        return "{destinationRef: {namespace: %s, name: d%d}, weight: %d%s}"
                .formatted(RandomPolicy.NAMESPACES.get(number % RandomPolicy.NAMESPACES.size()), number, weight, port);
    }
}
