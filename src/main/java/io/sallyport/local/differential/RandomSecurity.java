package io.sallyport.local.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Security policies of a gateway, of one of its listeners and of destinations, all at once. */
record RandomSecurity(Dice dice) {
    private static final List<String> LISTENERS = List.of("http", "https", "mutual", "connect", "secure");
    private static final List<String> TOLD = List.of(
            "{claim: team, header: x-team}", "{claim: org.unit, header: x-team}", "{claim: level, header: x-level}");
    private static final List<String> EDITS = List.of(
            "request: {strip: [x-env]}",
            "request: {strip: [x-team, x-level], set: {x-set: policy}}",
            "request: {set: {x-env: policed, x-add: '50%'}}, response: {strip: [x-reply]}",
            "response: {strip: [x-internal], set: {x-more: policy}}",
            "request: {strip: [authorization]}, response: {set: {x-reply: policy}}");
    private static final List<String> ORIGINS =
            List.of("'https://app.example'", "'https://*.app.example'", "'*'", "'https://x.app.example'");

    /** Whose tokens the whole gateway takes, and what it asks besides. */
    String ofGateway() {
        List<String> sections = sections(6);
        sections.add(authentication(List.of(Tokens.SHOP, Tokens.BANK)));
        return policy("edge", "tokens", "{kind: EgressGateway, name: internet}", sections);
    }

    /** Of one listener. */
    String ofListener() {
        List<String> sections = sections(2);
        if (dice.in(5)) {
            sections.add(authentication(issuers()));
        }
        return policy(
                "edge",
                "authorized-there",
                "{kind: EgressGateway, name: internet, sectionName: %s}".formatted(dice.one(LISTENERS)),
                sections);
    }

    /** Of the destination with that number. */
    String ofDestination(int index) {
        List<String> sections = sections(2);
        if (dice.in(3)) {
            sections.add(authentication(issuers()));
        }
        return policy(
                RandomPolicy.NAMESPACES.get(index % RandomPolicy.NAMESPACES.size()),
                "authorized-" + index,
                "{kind: Destination, name: d%d}".formatted(index),
                sections);
    }

    private static String policy(String namespace, String name, String target, List<String> sections) {
        return """
                {apiVersion: sallyport.io/v1, kind: SecurityPolicy, metadata: {namespace: %s, name: %s},
                 spec: {targetRefs: [%s], %s}}
                """.formatted(namespace, name, target, String.join(", ", sections));
    }

    // Each of them once in so many times; a policy without any is none.
    private List<String> sections(int times) {
        List<String> sections = new ArrayList<>();
        if (dice.in(times)) {
            sections.add(new RandomAuthorization(dice).section());
        }
        if (dice.in(2 * times)) {
            sections.add("requestLimits: {maxBodyBytes: %d}".formatted(dice.one(List.of(100, 1000))));
        }
        if (dice.in(2 * times)) {
            sections.add("cors: {allowOrigins: [%s], allowMethods: [GET]}".formatted(dice.one(ORIGINS)));
        }
        if (sections.isEmpty() || dice.in(2)) {
            sections.add("headers: {%s}".formatted(dice.one(EDITS)));
        }
        return sections;
    }

    private List<String> issuers() {
        return dice.one(List.of(List.of(Tokens.SHOP), List.of(Tokens.BANK), List.of(Tokens.SHOP, Tokens.BANK)));
    }

    private String authentication(List<String> issuers) {
        return "authentication: {jwt: [%s], required: %s}"
                .formatted(issuers.stream().map(this::provider).collect(Collectors.joining(", ")), dice.in(16));
    }

    private String provider(String issuer) {
        String audiences = issuer.equals(Tokens.BANK) ? ", audiences: [sallyport, other]" : "";
        return "{issuer: \"%s\"%s, jwks: %s%s%s}".formatted(issuer, audiences, Tokens.jwks(), places(), told());
    }

    private String places() {
        if (dice.in(2)) {
            return "";
        }
        List<String> headers = new ArrayList<>(Tokens.HEADERS);
        headers.remove(dice.below(headers.size()));
        if (dice.in(2)) {
            headers.remove(dice.below(headers.size()));
        }
        return ", fromHeaders: [%s]"
                .formatted(headers.stream().map(Tokens::place).collect(Collectors.joining(", ")));
    }

    private String told() {
        return dice.in(2) ? ", claimsToHeaders: [%s]".formatted(dice.one(TOLD)) : "";
    }
}
