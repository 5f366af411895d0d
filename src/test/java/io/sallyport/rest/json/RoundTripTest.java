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
                    hosts: [a.example, "*.b.example"]
                """, """
                kind: WORKLOAD
                spec: {labels: {app: pay}, identities: [{spiffeId: "spiffe://corp/ns/a"}, {cidr: 10.0.0.2/32}]}
                """, """
                kind: DESTINATION
                spec:
                  hosts: [a.example, "*.b.example"]
                  ports: [{number: 443, protocol: HTTPS, targetPort: 8443}]
                  resolution: Static
                  endpoints: [{address: 192.0.2.1, port: 9443}, {address: "2001:db8::1"}]
                  visibility: [shop]
                  delegates: [{host: c.b.example, namespace: shop}]
                """, """
                kind: EGRESS_GATEWAY
                spec:
                  listeners: [{name: web, address: 127.0.0.1, port: 80, protocol: HTTP, hostnames: ["*.a.example"]}]
                  agentSelector: {identities: [{clientId: gw}]}
                  allowedNamespaces:
                    from: Selector
                    selector:
                      matchLabels: {a: b}
                      matchExpressions: [{key: c, operator: NotIn, values: [d]}, {key: e, operator: Exists}]
                  defaultAction: Allow
                  addressPolicy: {deny: [192.0.2.0/24], permit: [127.0.0.0/8]}
                  ruleBuckets: 8
                """, """
                kind: EGRESS_RULE
                spec:
                  gatewayRef: {namespace: edge, name: internet, listener: web}
                  tier: Admin
                  priority: 7
                  action: Deny
                  from: [{namespaces: [shop], workloadSelector: {}, principals: ["*"], ipBlocks: [0.0.0.0/0]}]
                  to: [{destinationRef: {namespace: shop, name: billing}, ports: [443, 80]}]
                  validity: {notBefore: "2030-01-01T00:00:00Z", expiresAt: "2031-01-01T00:00:00.500Z"}
                  justification: {ticket: T-1, reason: audit}
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
