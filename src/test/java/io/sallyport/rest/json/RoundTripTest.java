package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Spec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each document says every field of its kind, with a value that is not the default. */
final class RoundTripTest {

    @ParameterizedTest
    @ValueSource(strings = {"""
                kind: NAMESPACE
                spec:
                  scopes:
                    spiffeIds: ["spiffe://corp/ns/a/*"]
                    cidrs: [10.0.0.0/8, "fc00::/7"]
                    issuers: ["https://issuer.example", "https://other.example/sa-*"]
                    agents: [gateway-a, "edge-*"]
                    labels: [app, stage=live]
                    hosts: [a.example, "*.b.example"]
                """, """
                kind: WORKLOAD
                spec: {labels: {app: pay}, identities: [{spiffeId: "spiffe://corp/ns/a"}, {jwt: {issuer: "https://issuer.example", subject: "sa:a"}}, {cidr: 10.0.0.2/32}]}
                """, """
                kind: DESTINATION
                spec:
                  hosts: [a.example, "*.b.example"]
                  addresses: [192.0.2.0/24]
                  ports: [{number: 443, protocol: HTTPS, targetPort: 8443}]
                  resolution: Static
                  endpoints: [{address: 192.0.2.1, port: 9443, weight: 5, locality: west, labels: {v: "2"}}, {address: "2001:db8::1"}]
                  subsets: [{name: two, labels: {v: "2"}}]
                  connection: {connectTimeout: 1m, maxConnections: 1, maxPendingRequests: 0, maxRequests: 2, maxRetries: 0, keepAlive: {time: 1h30m, interval: 10s, probes: 3}, http2: {maxConcurrentStreams: 7}, idleTimeout: 1m1s}
                  outlierDetection: {consecutiveErrors: 2, interval: 500ms, baseEjectionTime: 1m500ms, maxEjectionPercent: 50}
                  healthCheck: {protocol: HTTP, path: "/healthz?deep=1", interval: 2s, timeout: 250ms, healthyThreshold: 2, unhealthyThreshold: 4}
                  loadBalancer: {policy: RingHash, hashHeader: x-user, localities: [west]}
                  addressGuard: {deny: [198.51.100.0/24]}
                  visibility: [shop]
                  delegates: [{host: c.b.example, namespace: shop}]
                """, """
                kind: DESTINATION
                spec:
                  hosts: ["*"]
                  ports: [{number: 80, protocol: HTTP, targetPort: 80}]
                  resolution: Dynamic
                  dns: {refreshRate: 1m, respectTtl: true, family: All}
                """, """
                kind: DESTINATION
                spec:
                  addresses: [192.0.2.0/24]
                  ports: [{number: 5432, protocol: TCP, targetPort: 5432}]
                  resolution: Original
                """, """
                kind: EGRESS_GATEWAY
                spec:
                  listeners:
                    - {name: web, address: 127.0.0.1, port: 80, protocol: HTTP, hostnames: ["*.a.example"]}
                    - {name: secure, address: 127.0.0.1, port: 443, protocol: HTTPS, tls: {mode: Terminate, credentialRef: {namespace: own, name: server}}}
                    - {name: mutual, address: "::1", port: 444, protocol: CONNECT, tls: {mode: Mutual, credentialRef: {namespace: own, name: server}, clientCaRef: {namespace: own, name: clients}}}
                    - {name: database, address: 0.0.0.0, port: 5432, protocol: TCP, destinationRef: {namespace: shop, name: db}, acceptProxyProtocol: true}
                  agentSelector: {identities: [{clientId: gw}]}
                  allowedNamespaces:
                    from: Selector
                    selector:
                      matchLabels: {a: b}
                      matchExpressions: [{key: c, operator: NotIn, values: [d]}, {key: e, operator: Exists}]
                  defaultAction: Allow
                  addressPolicy: {deny: [192.0.2.0/24], permit: [127.0.0.0/8]}
                  ruleBuckets: 8
                  onRevoke: Cut
                  onControlPlaneLoss: {mode: Lapse, after: 24h}
                  refusalDetail: Code
                  accessLog: {decisions: Refused}
                  limits: {maxFlowDuration: 2h, idleTimeout: 10m, maxConnections: 9}
                  upstreamProxy: {address: proxy.corp.example, port: 3128, credentialRef: {namespace: own, name: proxy}}
                """, """
                kind: EGRESS_RULE
                spec:
                  gatewayRef: {namespace: edge, name: internet, listener: web}
                  tier: Admin
                  priority: 7
                  action: Deny
                  enforcement: Shadow
                  from: [{namespaces: [shop], workloadSelector: {}, principals: ["*"], ipBlocks: [0.0.0.0/0]}]
                  to: [{destinationRef: {namespace: shop, name: billing}, ports: [443, 80]}, {destinationSelector: {matchLabels: {a: b}}}]
                  forwarding: {via: Direct, loadBalancer: {policy: LeastRequest}, failoverGatewayRefs: [{namespace: edge, name: second}]}
                  validity: {notBefore: "2030-01-01T00:00:00Z", expiresAt: "2031-01-01T00:00:00.500Z"}
                  justification: {ticket: T-1, reason: audit}
                """, """
                kind: SECURITY_POLICY
                spec:
                  targetRefs: [{kind: EgressGateway, name: internet, sectionName: proxy}, {kind: Destination, name: billing}]
                  authentication:
                    jwt:
                      - issuer: "https://issuer.example"
                        audiences: [sallyport]
                        jwks: {keys: [{kty: EC, crv: P-256, x: MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4, y: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM, kid: "1"}]}
                  tls: {caRef: {namespace: own, name: corp}}
                """, """
                kind: CREDENTIAL
                spec: {type: CaBundle}
                """})
    void whatIsWrittenIsWhatWasRead(String yaml) {
        JsonNode document = Documents.one(yaml.getBytes(StandardCharsets.UTF_8), Format.YAML);
        Kind kind = Kind.valueOf(document.path("kind").asText());
        Violations violations = new Violations();

        Optional<? extends Spec> spec =
                SpecJson.read(kind, Place.top(document.path("spec"), "", violations), new Name("own"));

        assertThat(violations.found()).isEmpty();
        assertThat(SpecJson.write(spec.orElseThrow()).toPrettyString())
                .isEqualTo(document.path("spec").toPrettyString());
    }
}
