package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.TlsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginationChecksTest {
    private static final CertificateAuthority CA = CertificateAuthority.named("ca");
    private final Instant now = Instant.now();

    @Test
    void anExceptionIsBoundedAndToldWhileItHolds() {
        assertThat(written("web", aTls().unverifiedUntil(now.plus(Duration.ofDays(29)))))
                .containsExactly("WARNING /spec/tls/insecureSkipVerify InsecureTls");
        assertThat(written("web", aTls().unverifiedUntil(now.plus(Duration.ofDays(31)))))
                .containsExactly("ERROR /spec/tls/insecureSkipVerify/until OutOfRange");
    }

    @Test
    void anExceptionThatIsOverIsToldSinceItIsVerifiedAllTheSame() {
        assertThat(findings(aSecurityPolicy("edge/p")
                        .onDestination("web")
                        .tls(aTls().build().withUnverified(List.of(new Unverified(now.minusSeconds(1), "why", true))))))
                .containsExactly("WARNING /spec/tls/insecureSkipVerify ExceptionOver");
    }

    @Test
    void whatIsLessSafeThanWithoutAPolicyIsTold() {
        assertThat(written("web", aTls().mode(Mode.DISABLE))).containsExactly("WARNING /spec/tls/mode InsecureTls");
        assertThat(written("web", aTls().suites("ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA")))
                .containsExactly("WARNING /spec/tls/cipherSuites/1 InsecureTls");
        assertThat(written("clear", aTls().mode(Mode.DISABLE))).isEmpty();
    }

    @Test
    void aModeThatFitsNoPortOfTheDestinationIsTold() {
        assertThat(written("clear", aTls().sni("front.test"))).containsExactly("WARNING /spec/tls NothingToOriginate");
        assertThat(written("clear", aTls().mode(Mode.SIMPLE))).isEmpty();
        assertThat(written("both", aTls().mode(Mode.SIMPLE))).containsExactly("WARNING /spec/tls/mode TlsOnClearPort");
        assertThat(written("both", aTls().sni("front.test"))).isEmpty();
    }

    @Test
    void protocolsThatThePortCannotSpeakAreRefused() {
        assertThat(written("grpc", aTls().mode(Mode.SIMPLE).alpn("http/1.1")))
                .containsExactly("ERROR /spec/tls/alpn CannotEnforce");
        assertThat(written("grpc", aTls().mode(Mode.SIMPLE).alpn("h2"))).isEmpty();
    }

    @Test
    void twoPoliciesOfOneDestinationAreRefusedAndOfTwoAreNot() {
        assertThat(findings(
                        aSecurityPolicy("edge/p").onDestination("web").tls(aTls().sni("a.test")),
                        aSecurityPolicy("edge/q").onDestination("web").tls(aTls().sni("b.test"))))
                .containsExactly("ERROR /spec/tls PolicyConflict");
        assertThat(findings(
                        aSecurityPolicy("edge/p").onDestination("web").tls(aTls().sni("a.test")),
                        aSecurityPolicy("edge/q").onDestination("both").tls(aTls().sni("b.test"))))
                .isEmpty();
    }

    @Test
    void whereSourcesSpeakTlsThemselvesIsTold() {
        assertThat(findings(
                        aSecurityPolicy("edge/p").onDestination("web").tls(aTls().sni("front.test")),
                        aGateway("edge/passing").tls("tls", 443)))
                .containsExactly("WARNING /spec/tls PolicyUnenforceable");
        assertThat(findings(
                        aSecurityPolicy("edge/p").onDestination("clear").tls(aTls().mode(Mode.SIMPLE)),
                        aGateway("edge/passing").tls("tls", 443)))
                .isEmpty();
        assertThat(findings(
                        aSecurityPolicy("edge/p").onDestination("clear").tls(aTls().mode(Mode.SIMPLE)),
                        aGateway("edge/passing").connect("proxy", 3128)))
                .containsExactly("WARNING /spec/tls PolicyUnenforceable");
    }

    @Test
    void aClientCertificateIsOneAndWhatSoonExpiresIsTold() {
        assertThat(findings(aSecurityPolicy("edge/p")
                        .onDestination("web")
                        .tls(aTls().mode(Mode.MUTUAL).showing("edge/ca"))))
                .containsExactly("ERROR /spec/tls/clientCredentialRef WrongType");
        assertThat(findings(
                        aSecurityPolicy("edge/p")
                                .onDestination("web")
                                .tls(aTls().mode(Mode.MUTUAL).showing("edge/old")),
                        aCredential("edge/old").certificate(CA.expiredClient("spiffe://corp.test/gateway"))))
                .containsExactly("WARNING /spec/tls/clientCredentialRef CredentialExpired");
        var early = aCredential("edge/early").certificate(CA.futureClient("spiffe://corp.test/gateway"));
        assertThat(findings(
                        aSecurityPolicy("edge/p")
                                .onDestination("web")
                                .tls(aTls().mode(Mode.MUTUAL).showing("edge/early")),
                        early))
                .containsExactly("WARNING /spec/tls/clientCredentialRef CredentialNotYetValid");
        assertThat(findings(early)).containsExactly("WARNING /spec/data/certificate CredentialNotYetValid");
    }

    private List<String> written(String destination, TlsBuilder tls) {
        return findings(aSecurityPolicy("edge/p").onDestination(destination).tls(tls));
    }

    private List<String> findings(ResourceBuilder<?> touched, ResourceBuilder<?>... more) {
        DesiredState state = ResourceBuilder.state(all(touched, more));
        return new PolicyChecks()
                .findings(state, Set.of(touched.build().key()), now).stream()
                        .map(finding -> "%s %s %s".formatted(finding.severity(), finding.pointer(), finding.reason()))
                        .toList();
    }

    private static ResourceBuilder<?>[] all(ResourceBuilder<?> touched, ResourceBuilder<?>... more) {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(
                aNamespace("edge"),
                aCredential("edge/ca").caBundle(CA.bundle()),
                aGateway("edge/internet").http("http", 10080),
                aDestination("edge/web").hosts("web.test").port(443, Protocol.HTTPS),
                aDestination("edge/clear").hosts("clear.test").port(80, Protocol.HTTP),
                aDestination("edge/grpc").hosts("grpc.test").port(80, Protocol.GRPC),
                aDestination("edge/both")
                        .hosts("both.test")
                        .port(80, Protocol.HTTP)
                        .port(443, Protocol.HTTPS)));
        all.add(touched);
        all.addAll(List.of(more));
        return all.toArray(ResourceBuilder<?>[]::new);
    }
}
