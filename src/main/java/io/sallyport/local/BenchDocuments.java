package io.sallyport.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A gateway with many hosts. To each, one rule leads the caller, and another a workload that never comes. All in a namespace
 * of its own.
 *
 * @param part tells the addresses of two such namespaces apart
 */
record BenchDocuments(String namespace, int part, int hosts, int buckets, int listenerPort, int upstreamPort) {
    private static final int SECOND_ADDRESS = 1 << 20;
    private static final int DOCUMENTS_AT_ONCE = 900;

    String gateway() {
        return namespace + "/internet";
    }

    /** Where the one comes from who asks. */
    String caller() {
        return "127.0.0.%d".formatted(2 + part);
    }

    static String host(int number) {
        return "host-%d.example".formatted(number);
    }

    String address(int number) {
        return "%d.%d.%d.%d".formatted(10 + part, number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
    }

    /** In parts that can be applied one after the other. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        parts.add(foundation());
        parts.addAll(inParts(this::destination));
        parts.addAll(inParts(number -> workload(number, "w" + number)));
        parts.addAll(inParts(number -> callerRule(number, "Allow")));
        parts.addAll(inParts(this::workloadRule));
        return parts;
    }

    private List<String> inParts(IntFunction<String> document) {
        return IntStream.iterate(0, first -> first < hosts, first -> first + DOCUMENTS_AT_ONCE)
                .mapToObj(first -> IntStream.range(first, Math.min(hosts, first + DOCUMENTS_AT_ONCE))
                        .mapToObj(document)
                        .collect(Collectors.joining("---\n")))
                .toList();
    }

    /** The same in another number of buckets. */
    BenchDocuments inBuckets(int number) {
        return new BenchDocuments(namespace, part, hosts, number, listenerPort, upstreamPort);
    }

    /** Two for each host, and the caller. */
    int identities() {
        return 2 * hosts + 1;
    }

    private String foundation() {
        return """
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: %1$s}
                spec: {scopes: {cidrs: [%3$d.0.0.0/8, %2$s/32]}}
                ---
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: %1$s, name: caller}
                spec: {labels: {app: caller}, identities: [{cidr: %2$s/32}]}
                ---
                %4$s""".formatted(namespace, caller(), 10 + part, gatewayDocument());
    }

    String gatewayDocument() {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: %1$s, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: %1$s-gateway}]}
                  allowedNamespaces: {from: Same}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  ruleBuckets: %2$d
                  listeners: [{name: http, address: 127.0.0.1, port: %3$d, protocol: HTTP}]
                """.formatted(namespace, buckets, listenerPort);
    }

    private String destination(int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: %s, name: d%d}
                spec:
                  hosts: [%s]
                  ports: [{number: 80, protocol: HTTP, targetPort: %d}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                """.formatted(namespace, number, host(number), upstreamPort);
    }

    String workload(int number, String label) {
        return """
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: %s, name: w%d}
                spec: {labels: {app: %s}, identities: [{cidr: %s/32}, {cidr: %s/32}]}
                """.formatted(namespace, number, label, address(number), address(number + SECOND_ADDRESS));
    }

    String callerRule(int number, String action) {
        return rule("caller-%d".formatted(number), action, "caller", number);
    }

    private String workloadRule(int number) {
        return rule("w%d".formatted(number), "Allow", "w" + number, number);
    }

    private String rule(String name, String action, String label, int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: %s, name: %s}
                spec:
                  gatewayRef: {name: internet}
                  action: %s
                  from: [{workloadSelector: {matchLabels: {app: %s}}}]
                  to: [{destinationRef: {name: d%d}}]
                """.formatted(namespace, name, action, label, number);
    }
}
