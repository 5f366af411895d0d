package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsVersions.Version;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.TlsBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy asks of TLS to a destination, one destination for each thing that it can ask. */
@RequiresEnvoy
class TlsPoliciesIT {
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");
    private static final CertificateAuthority THEIRS = CertificateAuthority.named("theirs");
    private static final IssuedCertificate CLIENT = OURS.client("spiffe://corp.test/gateway");

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> SERVERS = new ArrayList<>();
    private static final List<ResourceBuilder<?>> RESOURCES = new ArrayList<>();
    private static final RuleBuilder ALL = aRule("edge/all").tier(Tier.ADMIN).from(everyone());
    private static NameServer names;
    private static Outpost outpost;
    private static int port;

    @BeforeAll
    static void start() {
        port = Ports.free();
        names = NameServer.start();
        server("mutual", certificate("mutual"), asking -> asking.setNeedClientAuth(true));
        policy("mutual", tls().mode(Mode.MUTUAL).showing("edge/client"));
        server("shown", certificate("shown"), asking -> asking.setNeedClientAuth(true));
        policy("shown", tls().showing("edge/client"));
        server("unshown", certificate("unshown"), asking -> asking.setNeedClientAuth(true));
        policy("unshown", tls());
        server("front", certificate("front"), TlsPoliciesIT::knowingFrontAlone);
        policy("front", tls().sni("sent.test"));
        server("fronted", certificate("another"), TlsPoliciesIT::knowingFrontAlone);
        policy("fronted", tls().sni("sent.test"));
        server("renamed", OURS.server("real.test"), asking -> {});
        policy("renamed", tls().named("other.test", "real.test"));
        server("misnamed", certificate("misnamed"), asking -> {});
        policy("misnamed", tls().named("real.test"));
        server("uri", CLIENT, asking -> {});
        policy("uri", tls().named("spiffe://corp.test/gateway"));
        server("old", certificate("old"), asking -> asking.setProtocols(new String[] {"TLSv1.2"}));
        policy("old", tls().versions(Version.TLS_1_3, Version.TLS_1_3));
        server("new", certificate("new"), asking -> asking.setProtocols(new String[] {"TLSv1.3"}));
        policy("new", tls().versions(Version.TLS_1_2, Version.TLS_1_2));
        server("ciphers", certificate("ciphers"), TlsPoliciesIT::oneCipherAlone);
        policy("ciphers", tls().suites("ECDHE-ECDSA-CHACHA20-POLY1305"));
        server("cipher", certificate("cipher"), TlsPoliciesIT::oneCipherAlone);
        policy("cipher", tls().suites("ECDHE-ECDSA-AES256-GCM-SHA384"));
        server("offered", certificate("offered"), TlsPoliciesIT::knowingAcmeAlone);
        policy("offered", tls().alpn("acme/1", "http/1.1"));
        server("unoffered", certificate("unoffered"), TlsPoliciesIT::knowingAcmeAlone);
        policy("unoffered", tls().alpn("h2", "http/1.1"));
        server("unverified", THEIRS.expired("another.test"), asking -> {});
        policy("unverified", tls().unverifiedUntil(Instant.parse("2100-01-01T00:00:00Z")));
        server("simple", certificate("simple"), asking -> {}, Protocol.HTTP);
        policy("simple", tls().mode(Mode.SIMPLE));
        clear("clear", Protocol.HTTP);
        policy("clear", tls());
        clear("disabled", Protocol.HTTPS);
        policy("disabled", aTls().mode(Mode.DISABLE));
        SERVERS.add(NamedUpstream.answering("no TLS", named("silent"), port));
        destination("silent", Protocol.HTTPS);
        policy("silent", tls());
        int listening = Ports.free();
        RESOURCES.add(aNamespace("edge").cidrs("127.0.0.0/8"));
        RESOURCES.add(aGateway("edge/internet").permitting(Outpost.INTERNET).http("http", listening));
        RESOURCES.add(aCredential("edge/ca").caBundle(OURS.bundle()));
        RESOURCES.add(aCredential("edge/client").certificate(CLIENT));
        RESOURCES.add(ALL);
        outpost = Outpost.start(folder, names, listening, RESOURCES.toArray(ResourceBuilder<?>[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        outpost.close();
        for (AutoCloseable server : SERVERS) {
            server.close();
        }
        names.close();
    }

    private static TlsBuilder tls() {
        return aTls().trusting("edge/ca");
    }

    private static IssuedCertificate certificate(String name) {
        return OURS.server(name + ".test");
    }

    private static void policy(String name, TlsBuilder tls) {
        RESOURCES.add(aSecurityPolicy("edge/" + name).onDestination(name).tls(tls));
    }

    private static void server(String name, IssuedCertificate certificate, Consumer<SSLParameters> asking) {
        server(name, certificate, asking, Protocol.HTTPS);
    }

    private static void server(
            String name, IssuedCertificate certificate, Consumer<SSLParameters> asking, Protocol protocol) {
        SERVERS.add(TlsServers.at(named(name), port, certificate.context(OURS), asking));
        destination(name, protocol);
    }

    private static void clear(String name, Protocol protocol) {
        SERVERS.add(EchoUpstream.at(named(name), port));
        destination(name, protocol);
    }

    private static String named(String name) {
        String address = "127.9.4." + (SERVERS.size() + 1);
        names.answer(name + ".test", address);
        return address;
    }

    private static void destination(String name, Protocol protocol) {
        RESOURCES.add(aDestination("edge/" + name).hosts(name + ".test").port(80, protocol, port));
        ALL.to("edge/" + name);
    }

    private static void knowingFrontAlone(SSLParameters parameters) {
        parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("sent\\.test")));
    }

    private static void knowingAcmeAlone(SSLParameters parameters) {
        parameters.setApplicationProtocols(new String[] {"acme/1"});
    }

    private static void oneCipherAlone(SSLParameters parameters) {
        parameters.setProtocols(new String[] {"TLSv1.2"});
        parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutual",
                "shown",
                "front",
                "renamed",
                "uri",
                "cipher",
                "offered",
                "unverified",
                "simple",
                "disabled",
                "clear"
            })
    void whatThePolicyAsksForIsSpoken(String name) {
        await().untilAsserted(
                        () -> assertThat(outpost.get(name + ".test").body()).contains("host: " + name + ".test"));
    }

    @ParameterizedTest
    @CsvSource({
        "fronted, the upstream's certificate is for another name",
        "misnamed, the upstream's certificate is for another name",
        "old, the upstream speaks no version of TLS that is accepted",
        "new, the upstream speaks no version of TLS that is accepted",
        "silent, the upstream speaks no TLS",
        "ciphers, the upstream refused the handshake",
        "unoffered, the upstream refused the handshake"
    })
    void whatItDoesNotIsRefusedAndTheCallerIsToldWhy(String name, String detail) {
        await().untilAsserted(() -> assertThat(outpost.get(name + ".test"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(502))
                .satisfies(answer ->
                        assertThat(answer.body()).contains("\"code\":\"upstream-tls\"", "\"detail\":\"" + detail)));

        await().untilAsserted(() -> assertThat(outpost.log())
                .anyMatch(line -> line.contains(name + ".test") && line.contains("TLS_error")));
    }

    // It judges the certificate when the handshake is over for the gateway, and may just leave.
    @Test
    void whoMissesTheGatewaysCertificateEndsTheExchange() {
        await().untilAsserted(
                        () -> assertThat(outpost.get("unshown.test").status()).isEqualTo(502));

        assertThat(outpost.get("unshown.test").body()).containsPattern("upstream-(tls|reset)");
    }
}
