package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.RandomState;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.Sources;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferenceChecksTest {
    private static final List<String> OF_REFERENCES =
            List.of("RefNotFound", "ReferencedBy", "WrongType", "ForeignCredential");

    private final DesiredState base = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop"),
            aCredential("edge/server").part("a", "b"),
            aCredential("edge/clients")
                    .caBundle(CertificateAuthority.named("clients").bundle()),
            aCredential("edge/password").token("hunter2"),
            aCredential("shop/other").token("hunter2"),
            aDestination("shop/ledger").hosts("ledger.example").port(5432, Protocol.TCP),
            aGateway("edge/internet")
                    .http("http", 10080)
                    .tcp("database", 5432, "shop/ledger")
                    .leavingThrough("proxy.example", 3128, "password"),
            aGateway("edge/second").tls("tls", 10443),
            aRule("shop/failing-over")
                    .from(Sources.everyone())
                    .to("shop/ledger")
                    .failingOverTo("edge/second"),
            aSecurityPolicy("edge/tokens").onListener("internet", "http").jwt("https://i.example", "{}"),
            aSecurityPolicy("shop/corporate").onDestination("ledger").trusting("ca"));

    @Test
    void credentialsAreThereOfTheNeededTypeAndOfTheOwnNamespace() {
        assertThat(written(aGateway("edge/tls").mutual("mutual", 443, "absent", "clients")))
                .containsExactly("EgressGateway edge/tls /spec/listeners/0/tls/credentialRef RefNotFound");
        assertThat(written(aGateway("edge/tls").mutual("mutual", 443, "server", "password")))
                .containsExactly(
                        "EgressGateway edge/tls /spec/listeners/0/tls/credentialRef WrongType",
                        "EgressGateway edge/tls /spec/listeners/0/tls/clientCaRef WrongType");
        assertThat(written(aGateway("edge/tls").http("http", 80).leavingThrough("p.example", 3128, "shop/other")))
                .containsExactly("EgressGateway edge/tls /spec/upstreamProxy/credentialRef ForeignCredential");
        assertThat(written(aSecurityPolicy("edge/ca").onDestination("absent").trusting("password")))
                .containsExactlyInAnyOrder(
                        "SecurityPolicy edge/ca /spec/tls/caRef WrongType",
                        "SecurityPolicy edge/ca /spec/targetRefs/0 RefNotFound");
    }

    @Test
    void whatListenersRulesAndPoliciesNameIsThere() {
        assertThat(written(aGateway("edge/tcp").tcp("database", 1, "shop/absent")))
                .containsExactly("EgressGateway edge/tcp /spec/listeners/0/destinationRef RefNotFound");
        assertThat(written(aRule("shop/x")
                        .from(Sources.everyone())
                        .to("shop/ledger")
                        .failingOverTo("edge/absent")))
                .containsExactly("EgressRule shop/x /spec/forwarding/failoverGatewayRefs/0 RefNotFound");
        assertThat(written(aRule("shop/x")
                        .listener("http")
                        .from(Sources.everyone())
                        .to("shop/ledger")
                        .failingOverTo("edge/second")))
                .containsExactly("EgressRule shop/x /spec/forwarding/failoverGatewayRefs/0 RefNotFound");
        assertThat(written(
                        aSecurityPolicy("edge/x").onListener("internet", "smtp").jwt("https://i.example", "{}")))
                .containsExactly("SecurityPolicy edge/x /spec/targetRefs/0/sectionName RefNotFound");
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        assertThat(deleted(Kind.CREDENTIAL, "edge", "password"))
                .containsExactly("EgressGateway edge/internet /spec/upstreamProxy/credentialRef ReferencedBy");
        assertThat(deleted(Kind.EGRESS_GATEWAY, "edge", "second"))
                .containsExactly("EgressRule shop/failing-over /spec/forwarding/failoverGatewayRefs/0 ReferencedBy");
        assertThat(deleted(Kind.DESTINATION, "shop", "ledger"))
                .containsExactlyInAnyOrder(
                        "EgressGateway edge/internet /spec/listeners/1/destinationRef ReferencedBy",
                        "EgressRule shop/failing-over /spec/to/0/destinationRef ReferencedBy",
                        "SecurityPolicy shop/corporate /spec/targetRefs/0 ReferencedBy");
    }

    @Test
    void aListenerThatAPolicyNamesStays() {
        assertThat(written(aGateway("edge/internet").tls("http-no-more", 10080)))
                .contains("SecurityPolicy edge/tokens /spec/targetRefs/0/sectionName ReferencedBy");
    }

    private List<String> written(ResourceBuilder<?>... builders) {
        return errors(Arrays.stream(builders)
                .<Change>map(builder -> new Change.Put(builder.build()))
                .toList());
    }

    private List<String> deleted(Kind kind, String namespace, String name) {
        return errors(List.of(new Change.Delete(ResourceKey.of(kind, namespace, name))));
    }

    private List<String> errors(List<Change> changes) {
        Set<ResourceKey> touched = Set.of(changes.getFirst().key());
        return new PolicyChecks()
                .findings(base.with(new Revision(2), changes), touched, RandomState.NOON).stream()
                        .filter(finding -> OF_REFERENCES.contains(finding.reason()))
                        .map(finding -> "%s %s %s".formatted(finding.subject(), finding.pointer(), finding.reason()))
                        .toList();
    }
}
