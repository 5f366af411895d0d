package io.sallyport.local;

import java.util.BitSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A namespace of its own with a gateway and, for each rule, a destination; gone when the bench is. */
final class BenchNamespace {
    private static final int DOCUMENTS_AT_ONCE = 500;
    private static final String PATH = "/api/v1/namespaces/";

    private final ApiClient api;
    private final int rules;
    private final String namespace = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    private final int listenerPort = Ports.free();
    private final int upstreamPort;
    private final BitSet denied = new BitSet();

    /** Nothing listens behind its destinations. */
    BenchNamespace(ApiClient api, int rules) {
        this(api, rules, Ports.free());
    }

    BenchNamespace(ApiClient api, int rules, int upstreamPort) {
        this.api = api;
        this.rules = rules;
        this.upstreamPort = upstreamPort;
    }

    static String host(int rule) {
        return "host-%d.example".formatted(rule);
    }

    int listenerPort() {
        return listenerPort;
    }

    String gateway() {
        return namespace + "/internet";
    }

    String clientId() {
        return namespace + "-agent";
    }

    void create() {
        api.apply(namespaceDocument() + "---\n" + gatewayDocument());
        for (int first = 0; first < rules; first += DOCUMENTS_AT_ONCE / 2) {
            api.apply(IntStream.range(first, Math.min(rules, first + DOCUMENTS_AT_ONCE / 2))
                    .mapToObj(number -> destinationDocument(number) + "---\n" + ruleDocument(number))
                    .collect(Collectors.joining("---\n")));
        }
    }

    /** Turns one rule from Allow to Deny or back; returns the revision that says so. */
    long flip(int number) {
        denied.flip(number);
        return api.put(PATH + namespace + "/egress-rules/rule-" + number, ruleDocument(number))
                .at("/metadata/revision")
                .asLong();
    }

    /** Whether the last flip of that rule took something away. */
    boolean isDenied(int number) {
        return denied.get(number);
    }

    /** Waits until the ledger says that all agents of the gateway have accepted a revision. */
    void awaitAcknowledgement(long revision) {
        boolean reached = api.get("/api/v1/revisions/" + revision
                        + "/convergence?wait=acknowledged&timeout=20s&gateway=" + gateway())
                .path("reached")
                .asBoolean();
        if (!reached) {
            throw new CommandException("The ledger does not say within 20 s that all agents have revision " + revision);
        }
    }

    /** Removes all that is there, what refers before what is referred to. */
    void delete() {
        Stream<String> ofRules = numbered("egress-rules/rule-");
        Stream<String> ofDestinations = numbered("destinations/destination-");
        Stream.of(ofRules, ofDestinations, Stream.of(namespace + "/egress-gateways/internet", namespace))
                .flatMap(paths -> paths)
                .forEach(path -> api.deleteIfThere(PATH + path));
    }

    private Stream<String> numbered(String prefix) {
        return IntStream.range(0, rules).mapToObj(number -> namespace + "/" + prefix + number);
    }

    private String namespaceDocument() {
        return """
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: %s}
                spec: {}
                """.formatted(namespace);
    }

    private String gatewayDocument() {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: %s, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: %s}]}
                  allowedNamespaces: {from: Same}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]
                """.formatted(namespace, clientId(), listenerPort);
    }

    private String destinationDocument(int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: %s, name: destination-%d}
                spec:
                  hosts: [%s]
                  ports: [{number: 80, protocol: HTTP, targetPort: %d}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                """.formatted(namespace, number, host(number), upstreamPort);
    }

    private String ruleDocument(int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: %s, name: rule-%d}
                spec:
                  gatewayRef: {name: internet}
                  tier: Admin
                  action: %s
                  from: [{ipBlocks: [10.%d.%d.0/24, 127.0.0.1/32]}]
                  to: [{destinationRef: {name: destination-%d}}]
                """.formatted(
                        namespace, number, denied.get(number) ? "Deny" : "Allow", number / 256, number % 256, number);
    }
}
