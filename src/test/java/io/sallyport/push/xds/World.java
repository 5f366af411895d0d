package io.sallyport.push.xds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.testkit.IssuerResource;

/** A namespace with a gateway of its own, written through the API. */
record World(String namespace, int number) {
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT));

    String gateway() {
        return namespace + "/internet";
    }

    String client() {
        return "gateway-" + namespace;
    }

    World create() {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: NS}
                spec: {scopes: {cidrs: [10.77.NUMBER.0/24]}}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-NS}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: NS, name: billing}
                spec: {hosts: [billing.NS.example], ports: [{number: 80, protocol: HTTP}]}
                ---
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: NS, name: checkout}
                spec: {labels: {app: checkout}, identities: [{cidr: 10.77.NUMBER.2/32}]}
                ---
                """ + rule("Allow"));
    }

    World decide(String action) {
        return apply(rule(action));
    }

    World admit(String client) {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: CLIENT}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                """.replace("CLIENT", client));
    }

    /** Who may be its gateway, each written as in a document: {@code spiffeId: spiffe://...}. */
    World admitting(String... identities) {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{IDENTITIES}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                """.replace("IDENTITIES", String.join("}, {", identities)));
    }

    /** Its gateway listens for bytes, at an address of IPv6. */
    World listeningForBytes() {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-NS}]}
                  listeners: [{name: bytes, address: "::1", port: 10080, protocol: TCP, destinationRef: {name: billing}}]
                """);
    }

    World addDestination(String name) {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: NS, name: NAME}
                spec: {hosts: [NAME.NS.example], ports: [{number: 80, protocol: HTTP}]}
                """.replace("NAME", name));
    }

    /** Its gateway has one more listener, whose certificate is the credential {@code server}. */
    World endTls(IssuedCertificate certificate) {
        return credential("server", certificate).apply("""
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-NS}]}
                  listeners:
                    - {name: http, port: 10080, protocol: HTTP}
                    - {name: https, port: 10444, protocol: HTTPS, tls: {mode: Terminate, credentialRef: {name: server}}}
                """);
    }

    /** The same, who may be it being another. */
    World admittingWithTls(String identity) {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{IDENTITY}]}
                  listeners:
                    - {name: http, port: 10080, protocol: HTTP}
                    - {name: https, port: 10444, protocol: HTTPS, tls: {mode: Terminate, credentialRef: {name: server}}}
                """.replace("IDENTITY", identity));
    }

    /** Its gateway is run by a real Envoy, on loopback, and leads to a real upstream. */
    World runningAt(int port, int upstream, String spiffeId) {
        return apply("""
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: NS}
                spec: {scopes: {cidrs: [10.77.NUMBER.0/24, 127.0.0.2/32]}}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{spiffeId: "SPIFFE"}]}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  listeners: [{name: http, address: 127.0.0.1, port: PORT, protocol: HTTP}]
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: NS, name: billing}
                spec:
                  hosts: [billing.NS.example]
                  ports: [{number: 80, protocol: HTTP, targetPort: UPSTREAM}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                ---
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: NS, name: checkout-to-billing}
                spec:
                  gatewayRef: {name: internet}
                  action: Allow
                  from: [{ipBlocks: [127.0.0.2/32]}]
                  to: [{destinationRef: {name: billing}}]
                """.replace("PORT", Integer.toString(port))
                .replace("UPSTREAM", Integer.toString(upstream))
                .replace("SPIFFE", spiffeId));
    }

    World credential(String name, IssuedCertificate certificate) {
        // What stands for names elsewhere may be part of a certificate.
        return applyAsItIs(
                """
                apiVersion: sallyport.io/v1
                kind: Credential
                metadata: {namespace: %s, name: %s}
                spec:
                  type: Certificate
                  data: {certificate: %s, privateKey: %s}
                """.formatted(namespace, name, quoted(certificate.chain()), quoted(certificate.privateKey())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }

    private static String rule(String action) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: NS, name: checkout-to-billing}
                spec:
                  gatewayRef: {name: internet}
                  action: ACTION
                  from: [{workloadSelector: {matchLabels: {app: checkout}}}]
                  to: [{destinationRef: {name: billing}}]
                """.replace("ACTION", action);
    }

    private World apply(String yaml) {
        return applyAsItIs(yaml.replace("NS", namespace).replace("NUMBER", Integer.toString(number)));
    }

    private World applyAsItIs(String yaml) {
        var response = given().config(CONFIG)
                .auth()
                .oauth2(IssuerResource.issuer().userToken("admin"))
                .contentType("application/yaml")
                .body(yaml)
                .post("/api/v1/apply");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return this;
    }
}
