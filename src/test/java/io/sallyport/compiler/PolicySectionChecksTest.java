package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.HeaderPolicy.Edit;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.SecurityPolicyBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicySectionChecksTest {
    private static final Edit STRIPPING = new Edit(List.of("cookie"), new TreeMap<>());

    @Test
    void twoPoliciesDoNotSayOneSectionOfOneTarget() {
        assertThat(findings(stripping("x").onDestination("api"), stripping("y").onDestination("api")))
                .containsExactly("ERROR /spec/headers PolicyConflict");
        assertThat(findings(
                        stripping("x").onListener("internet", "http"),
                        stripping("y").onListener("internet", "http")))
                .containsExactly("ERROR /spec/headers PolicyConflict");
    }

    @Test
    void atAnotherDistanceTheCloserOneCounts() {
        assertThat(findings(
                        stripping("x").onListener("internet", "http"),
                        stripping("y").onGateway("internet")))
                .isEmpty();
        assertThat(findings(stripping("x").onDestination("api"), stripping("y").onDestination("web")))
                .isEmpty();
    }

    @Test
    void limitsAddUp() {
        assertThat(findings(limited("x").onDestination("api"), limited("y").onDestination("api")))
                .isEmpty();
    }

    @Test
    void aCredentialThatCanBeReadOnItsWayIsTold() {
        assertThat(findings(
                        policy("x").onDestination("api").injecting("edge/key", "authorization", "Bearer "),
                        policy("y").onDestination("web").headers(STRIPPING, Edit.NONE)))
                .containsExactly("WARNING /spec/credentialInjection CredentialInClear");
        assertThat(findings(
                        policy("x").onDestination("web").injecting("edge/key", "authorization", "Bearer "),
                        policy("y").onDestination("api").headers(STRIPPING, Edit.NONE)))
                .isEmpty();
    }

    private static SecurityPolicyBuilder policy(String name) {
        return aSecurityPolicy("edge/" + name);
    }

    private static SecurityPolicyBuilder stripping(String name) {
        return policy(name).headers(STRIPPING, Edit.NONE);
    }

    private static SecurityPolicyBuilder limited(String name) {
        return policy(name).limitedTo(1, Duration.ofSeconds(1), RateLimit.Key.SOURCE);
    }

    private static List<String> findings(SecurityPolicyBuilder written, SecurityPolicyBuilder other) {
        var state = ResourceBuilder.state(
                aNamespace("edge"),
                aGateway("edge/internet").http("http", 10080),
                aCredential("edge/key").token("secret"),
                aDestination("edge/api").hosts("api.example").port(80, Protocol.HTTP),
                aDestination("edge/web").hosts("web.example").port(443, Protocol.HTTPS),
                written,
                other);
        return new PolicyChecks()
                .findings(state, Set.of(written.build().key()), Instant.EPOCH).stream()
                        .map(finding -> "%s %s %s".formatted(finding.severity(), finding.pointer(), finding.reason()))
                        .toList();
    }
}
