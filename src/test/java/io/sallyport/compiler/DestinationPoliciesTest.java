package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.ResourceBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationPoliciesTest {
    private static final CertificateAuthority CA = CertificateAuthority.named("ca");
    private static final TlsOrigination MUTUAL = aTls().mode(Mode.MUTUAL)
            .trusting("edge/ca")
            .showing("edge/client")
            .unverifiedUntil(Instant.EPOCH)
            .build();

    private final DesiredState state = ResourceBuilder.state(
            aNamespace("edge"),
            aCredential("edge/ca").caBundle(CA.bundle()),
            aCredential("edge/client").certificate(CA.client("spiffe://corp.test/gateway")),
            aDestination("edge/partner").hosts("partner.test").port(443, Protocol.HTTPS),
            aDestination("edge/other").hosts("other.test").port(5432, Protocol.TCP),
            aSecurityPolicy("edge/p")
                    .onDestination("partner")
                    .tls(MUTUAL.withUnverified(MUTUAL.unverified().stream()
                            .map(exception -> exception.at(Instant.EPOCH))
                            .toList())),
            aGateway("edge/internet").http("http", 10080),
            aGateway("edge/elsewhere").tcp("tcp", 5432, "edge/other"));

    @Test
    void whatIsSecretGoesToTheGatewayThatLeadsThereAlone() {
        assertThat(compiled("internet").secrets())
                .extracting(secret -> secret.name().toString())
                .containsExactly("edge/ca", "edge/client");
        assertThat(compiled("elsewhere").secrets()).isEmpty();
    }

    @Test
    void anExceptionThatIsOverIsNoMorePartOfWhatGatewaysRun() {
        assertThat(compiled("internet").upstreams())
                .extracting(Upstream::tls)
                .contains(MUTUAL.withUnverified(List.of()));
    }

    private Snapshot compiled(String gateway) {
        return new SnapshotCompiler().compile(state, ResourceName.of("edge", gateway));
    }
}
