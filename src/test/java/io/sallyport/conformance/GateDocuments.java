package io.sallyport.conformance;

/** What the gate is set up with, in the words of its user. */
final class GateDocuments {
    private static final String FOUNDATION = """
            apiVersion: sallyport.io/v1
            kind: Namespace
            metadata: {name: edge}
            spec: {}
            ---
            apiVersion: sallyport.io/v1
            kind: Namespace
            metadata: {name: shop}
            spec: {scopes: {cidrs: [127.0.0.2/32], spiffeIds: ["spiffe://corp.example/ns/shop/*"]}}
            ---
            apiVersion: sallyport.io/v1
            kind: Workload
            metadata: {namespace: shop, name: checkout}
            spec: {labels: {app: checkout}, identities: [{cidr: 127.0.0.2/32}]}
            ---
            """;

    private GateDocuments() {}

    static String foundation(int httpPort, int tlsPort) {
        return FOUNDATION + gateway(httpPort, tlsPort);
    }

    static String gateway(int httpPort, int tlsPort) {
        return """
            apiVersion: sallyport.io/v1
            kind: EgressGateway
            metadata: {namespace: edge, name: internet}
            spec:
              agentSelector: {identities: [{clientId: gateway-internet}]}
              allowedNamespaces: {from: All}
              addressPolicy: {permit: [127.0.0.0/8]}
              ruleBuckets: 8
              listeners:
                - {name: http, address: 127.0.0.1, port: %d, protocol: HTTP}
                - {name: tls, address: 127.0.0.1, port: %d, protocol: TLS}
            """.formatted(httpPort, tlsPort);
    }

    static String gatewayWithListener(int httpPort, int tlsPort, String name, int port) {
        return gateway(httpPort, tlsPort)
                + "    - {name: %s, address: 127.0.0.1, port: %d, protocol: HTTP}\n".formatted(name, port);
    }

    /** Destinations billing, ads and live, and the rules that open billing and live and close ads. */
    static String example(int clearUpstream, int tlsUpstream) {
        return String.join(
                "\n---\n",
                destination("billing", clearUpstream, tlsUpstream),
                destination("ads", clearUpstream, tlsUpstream),
                destination("live", clearUpstream, tlsUpstream),
                rule("checkout-to-billing", "Allow", "billing"),
                rule("no-ads", "Deny", "ads"),
                ruleTo("live", "Allow"));
    }

    static String destination(String name, int upstream) {
        return destination(name, upstream, upstream);
    }

    static String ruleTo(String destination, String action) {
        return rule("checkout-to-" + destination, action, destination);
    }

    static String ruleUntil(String destination, String expiresAt) {
        return ruleTo(destination, "Allow") + "  validity: {expiresAt: \"%s\"}\n".formatted(expiresAt);
    }

    private static String destination(String name, int clearUpstream, int tlsUpstream) {
        return """
            apiVersion: sallyport.io/v1
            kind: Destination
            metadata: {namespace: shop, name: %1$s}
            spec:
              hosts: [%1$s.example]
              ports: [{number: 80, protocol: HTTP, targetPort: %2$d}, {number: 443, protocol: TLS, targetPort: %3$d}]
              resolution: Static
              endpoints: [{address: 127.0.0.1}]
            """.formatted(name, clearUpstream, tlsUpstream);
    }

    /** A destination that nobody can verify, and the exception by which nobody does until then. */
    static String unverified(String name, int tlsUpstream, String until) {
        return String.join("\n---\n", """
            apiVersion: sallyport.io/v1
            kind: Destination
            metadata: {namespace: shop, name: %1$s}
            spec:
              hosts: [%1$s.example]
              ports: [{number: 80, protocol: HTTPS, targetPort: %2$d}]
              resolution: Static
              endpoints: [{address: 127.0.0.1}]
            ---
            apiVersion: sallyport.io/v1
            kind: SecurityPolicy
            metadata: {namespace: shop, name: %1$s}
            spec:
              targetRefs: [{kind: Destination, name: %1$s}]
              tls: {insecureSkipVerify: {until: "%3$s", reason: its certificate is being made}}
            """.formatted(name, tlsUpstream, until), ruleTo(name, "Allow"));
    }

    private static String rule(String name, String action, String destination) {
        return """
            apiVersion: sallyport.io/v1
            kind: EgressRule
            metadata: {namespace: shop, name: %s}
            spec:
              gatewayRef: {namespace: edge, name: internet}
              action: %s
              from: [{workloadSelector: {matchLabels: {app: checkout}}}]
              to: [{destinationRef: {name: %s}}]
            """.formatted(name, action, destination);
    }
}
