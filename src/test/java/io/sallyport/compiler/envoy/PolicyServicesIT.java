package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RateLimit.Global;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.TestServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that policies have a gateway ask, over gRPC and HTTP. */
@RequiresEnvoy
class PolicyServicesIT {
    private static final Duration TIMEOUT = Patience.LONG;
    private static final String REFUSED = "127.9.6.1";
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");
    private static final List<String> HOSTS = List.of(
            "judged-grpc",
            "judged-http",
            "judged-named",
            "judged-securely",
            "judged-elsewhere",
            "lost",
            "lost-open",
            "nowhere",
            "counted",
            "counted-named",
            "counted-alone",
            "read-grpc",
            "read-http",
            "uncounted",
            "free");

    @TempDir
    static Path folder;

    private static TestServices services;
    private static HttpGate gate;
    private static EchoUpstream secure;
    private static EchoUpstream canary;

    @BeforeAll
    static void start() throws IOException {
        services = TestServices.start();
        secure =
                TlsServers.at("127.0.0.1", 0, OURS.server("secure.service.test").context(OURS));
        canary = EchoUpstream.at(REFUSED, services.grpcPort());
        gate = new HttpGate(
                folder,
                PolicyServicesIT::policy,
                names -> names.answer("named.service.test", "127.0.0.1").answer("elsewhere.service.test", REFUSED));
        await().until(() -> ask("judged-named.test", "good").status() == 200);
    }

    @AfterAll
    static void stop() {
        gate.close();
        services.close();
        secure.close();
        canary.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(Stream.concat(
                        Stream.of(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.1/32")
                                        .http("http", ports.first()),
                                service("grpc", Protocol.GRPC, services.grpcPort()),
                                service("judge", Protocol.HTTP, services.httpPort()),
                                service("absent", Protocol.GRPC, ports.third()),
                                named("named", services.grpcPort()),
                                named("elsewhere", services.grpcPort()),
                                service("secure", Protocol.HTTPS, secure.port()),
                                aCredential("edge/ours").caBundle(OURS.bundle()),
                                aSecurityPolicy("edge/secure")
                                        .onDestination("secure")
                                        .trusting("ours"),
                                asking("judged-named", "named", ExternalAuthorization.Protocol.GRPC, false),
                                asking("judged-elsewhere", "elsewhere", ExternalAuthorization.Protocol.GRPC, false),
                                asking("judged-securely", "secure", ExternalAuthorization.Protocol.HTTP, false),
                                aSecurityPolicy("edge/counted-named")
                                        .onDestination("counted-named")
                                        .countedBy(counter("named")),
                                asking("judged-grpc", "grpc", ExternalAuthorization.Protocol.GRPC, false),
                                asking("judged-http", "judge", ExternalAuthorization.Protocol.HTTP, false),
                                asking("lost", "absent", ExternalAuthorization.Protocol.GRPC, false),
                                asking("lost-open", "absent", ExternalAuthorization.Protocol.GRPC, true),
                                asking("nowhere", "unknown", ExternalAuthorization.Protocol.GRPC, false),
                                aSecurityPolicy("edge/counted")
                                        .onDestination("counted")
                                        .countedBy(counter("grpc")),
                                asking("read-grpc", "grpc", ExternalAuthorization.Protocol.GRPC, false, 5),
                                asking("read-http", "judge", ExternalAuthorization.Protocol.HTTP, false, 5),
                                aSecurityPolicy("edge/counted-alone")
                                        .onDestination("counted-alone")
                                        .countedBy(counter("grpc")),
                                aSecurityPolicy("edge/uncounted")
                                        .onDestination("uncounted")
                                        .countedBy(counter("absent")),
                                allowing(HOSTS)),
                        HOSTS.stream().map(host -> fixed(host, ports)))
                .toArray(io.sallyport.testkit.ResourceBuilder[]::new));
    }

    private static DestinationBuilder service(String name, Protocol protocol, int port) {
        return aDestination("edge/" + name)
                .hosts(name + ".service.test")
                .statically()
                .at("127.0.0.1")
                .port(8080, protocol, port);
    }

    private static DestinationBuilder named(String name, int port) {
        return aDestination("edge/" + name).hosts(name + ".service.test").port(8080, Protocol.GRPC, port);
    }

    private static DestinationBuilder fixed(String name, HttpGate.Ports ports) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .statically()
                .at("127.0.0.1")
                .port(80, Protocol.HTTP, ports.web());
    }

    private static RuleBuilder allowing(List<String> hosts) {
        RuleBuilder rule = aRule("edge/all").tier(Tier.ADMIN).from(addresses("0.0.0.0/0"));
        hosts.forEach(host -> rule.to("edge/" + host));
        return rule;
    }

    private static io.sallyport.testkit.SecurityPolicyBuilder asking(
            String destination, String service, ExternalAuthorization.Protocol protocol, boolean failOpen) {
        return asking(destination, service, protocol, failOpen, 0);
    }

    private static io.sallyport.testkit.SecurityPolicyBuilder asking(
            String destination,
            String service,
            ExternalAuthorization.Protocol protocol,
            boolean failOpen,
            int maxBodyBytes) {
        return aSecurityPolicy("edge/" + destination)
                .onDestination(destination)
                .askedBy(new ExternalAuthorization(
                        ResourceName.of("edge", service),
                        List.of(),
                        protocol,
                        protocol == ExternalAuthorization.Protocol.HTTP ? "/check" : "",
                        TIMEOUT,
                        failOpen,
                        List.of("x-user"),
                        List.of("x-judged"),
                        maxBodyBytes));
    }

    private static Global counter(String service) {
        return new Global(
                ResourceName.of("edge", service),
                List.of(),
                "shop",
                List.of(RateLimit.Key.SOURCE, RateLimit.Key.HOST),
                TIMEOUT,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"judged-grpc.test", "judged-http.test", "judged-named.test"})
    void whomTheServiceLetsThroughPasses(String host) {
        RawHttp.Answer answer = ask(host, "good");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("x-judged: yes")
                .doesNotContainIgnoringCase("x-other")
                .doesNotContain("x-sallyport");
    }

    @ParameterizedTest
    @ValueSource(strings = {"judged-grpc.test", "judged-http.test", "JUDGED-HTTP.test:80", "judged-named.test"})
    void whomItDoesNotIsRefused(String host) {
        int before = gate.connections();
        RawHttp.Answer answer = ask(host, "bad");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"external-authorization\"");
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void aServiceWhoseNameLeadsWhereNobodyMayConnectIsNotAsked() {
        RawHttp.Answer answer = ask("judged-elsewhere.test", "good");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"external-authorization-unavailable\"");
        assertThat(canary.connections()).isZero();
    }

    @Test
    void aServiceOverTlsIsKnownByItsOwnName() {
        assertThat(ask("judged-securely.test", "good").status()).isEqualTo(200);
        assertThat(secure.connections()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"judged-grpc.test, true", "judged-http.test, true", "counted-alone.test, false"})
    void theDestinationGetsNothingOfOursAndNothingOfTheSource(String host, boolean isJudged) {
        String head = ask(host, "good").body();

        assertThat(head.lines().skip(1).map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactlyInAnyOrder("host", "x-user", "x-private", "x-judged");
        assertThat(head).doesNotContain("127.0.0.2");
        assertThat(head.contains("forged")).isNotEqualTo(isJudged);
    }

    @Test
    void itIsShownWhatThePolicyNamesAndNoMore() {
        ask("judged-http.test", "good");
        ask("judged-grpc.test", "good");

        assertThat(services.shown())
                .anySatisfy(shown -> assertThat(shown).contains("/check/secret").containsIgnoringCase("x-user"))
                .allSatisfy(shown -> assertThat(shown)
                        .doesNotContainIgnoringCase("x-private")
                        .doesNotContain("x-sallyport"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-grpc.test", "read-http.test"})
    void ofTheBodyItIsShownAsMuchAsThePolicySays(String host) {
        try (var http = RawHttp.connect("127.0.0.2", gate.ports().first())) {
            RawHttp.Answer answer =
                    http.send("POST /%1$s HTTP/1.1\r\nHost: %1$s\r\nX-User: good\r\nContent-Length: 8\r\n\r\n01234567"
                            .formatted(host));
            assertThat(answer.status()).isEqualTo(200);
        }

        assertThat(services.shown())
                .filteredOn(shown -> shown.contains("/" + host))
                .singleElement()
                .asString()
                .endsWith(" 01234");
    }

    @Test
    void withoutAnAnswerNothingPassesUnlessThePolicySaysSo() {
        assertThat(ask("lost.test", "good").body()).contains("\"code\":\"external-authorization-unavailable\"");
        assertThat(ask("lost.test", "good").status()).isEqualTo(503);
        assertThat(ask("nowhere.test", "good").status()).isEqualTo(403);
        assertThat(ask("uncounted.test", "good").body()).contains("\"code\":\"rate-limiter-unavailable\"");
        assertThat(ask("lost-open.test", "good").status()).isEqualTo(200);
        assertThat(ask("free.test", "good").status()).isEqualTo(200);
    }

    @Test
    void theServiceCountsBySourceAndHostHoweverItIsWritten() {
        assertThat(ask("counted.test", "good").status()).isEqualTo(200);

        assertThat(ask("COUNTED.test.:80", "good").status()).isEqualTo(429);
        assertThat(ask("counted.test", "good").body()).contains("\"code\":\"rate-limited\"");
        assertThat(ask("counted-named.test", "good").status()).isEqualTo(200);
        assertThat(ask("counted-named.test", "good").status()).isEqualTo(429);
        assertThat(services.counted())
                .contains(
                        "shop [source=127.0.0.2, subject=-, host=counted.test]",
                        "shop [source=127.0.0.2, subject=-, host=counted-named.test]");
    }

    private static RawHttp.Answer ask(String host, String user) {
        try (var http = RawHttp.connect("127.0.0.2", gate.ports().first())) {
            return http.send(
                    "GET /secret HTTP/1.1\r\nHost: %s\r\nX-User: %s\r\nX-Private: a\r\nX-Judged: forged\r\nX-Sallyport-Policy: b\r\n\r\n"
                            .formatted(host, user));
        }
    }
}
