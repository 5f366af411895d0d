package io.sallyport.compiler.explain;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.principals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.PassedOver;
import io.sallyport.domain.decision.Verdict.Shadow;
import io.sallyport.domain.decision.Verdict.Tls;
import io.sallyport.domain.decision.Verdict.Why;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.testkit.Cases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final IpAddress FRIEND = new IpAddress("10.0.0.2");
    private static final String ISSUER = "https://issuer.example";

    private final Evaluator evaluator = new Evaluator(new SnapshotCompiler()
            .compile(
                    state(
                            aNamespace("edge").cidrs("10.0.0.0/8"),
                            aGateway("edge/internet")
                                    .http("http", 1)
                                    .tls("tls", 2)
                                    .connect("connect", 3)
                                    .mutual("mutual", 4, "edge/server", "edge/clients"),
                            aSecurityPolicy("edge/tokens")
                                    .onListener("internet", "http")
                                    .jwt(ISSUER, "{}"),
                            aDestination("edge/pay")
                                    .hosts("pay.example", "*.pay.example")
                                    .port(443, Protocol.HTTPS)
                                    .port(80, Protocol.HTTP)
                                    .port(5432, Protocol.TCP)
                                    .statically()
                                    .at("203.0.113.1"),
                            aRule("edge/later")
                                    .priority(50)
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay"),
                            aRule("edge/friends")
                                    .priority(40)
                                    .from(addresses("10.0.0.2/32"))
                                    .to("edge/pay"),
                            aRule("edge/named")
                                    .tier(Tier.ADMIN)
                                    .from(principals(ISSUER + "/checkout", "spiffe://corp/checkout"))
                                    .to("edge/pay"),
                            aRule("edge/over")
                                    .priority(10)
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay")
                                    .between(Instant.EPOCH, NOON),
                            aRule("edge/to-come")
                                    .priority(11)
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay")
                                    .between(NOON.plusSeconds(1), NOON.plusSeconds(2)),
                            aRule("edge/other-port")
                                    .priority(12)
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay", 80),
                            aRule("edge/other-listener")
                                    .priority(13)
                                    .listener("tls")
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay"),
                            aRule("edge/what-if")
                                    .denying()
                                    .priority(14)
                                    .shadow()
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/pay"),
                            aRule("edge/not-theirs")
                                    .priority(15)
                                    .from(addresses("10.9.0.0/16"))
                                    .to("edge/pay")),
                    Cases.GATEWAY));

    private Verdict http(String listener, Peer peer, String authority) {
        return evaluator.decide(
                new Question(new Name(listener), peer, new Approach.HttpRequest(authority, "GET", "/"), NOON));
    }

    private Verdict tunnel(String authority) {
        return evaluator.decide(
                new Question(new Name("connect"), Peer.at(FRIEND), new Approach.Tunnel(authority), NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "pay.example, edge/friends",
        "PAY.Example.:443, edge/friends",
        "a.b.pay.example:443, edge/friends",
        "pay.example:81, sallyport/default-deny",
        "pay.example:080, sallyport/default-deny",
        "pay.example:5432, sallyport/default-deny",
        "example, sallyport/unknown-destination",
        "pay.example.., sallyport/malformed-host",
        "pay_.example, sallyport/malformed-host",
        "pay.example:, sallyport/malformed-host",
        "user@pay.example, sallyport/malformed-host"
    })
    void aHostIsTheSameInAnySpellingThatIsWellFormed(String authority, String decidedBy) {
        assertThat(http("http", Peer.at(FRIEND), authority).name()).isEqualTo(decidedBy);
    }

    @Test
    void everyRuleThatDidNotDecideSaysWhy() {
        assertThat(http("http", Peer.at(FRIEND), "pay.example").passedOver())
                .extracting(passed -> passed.rule().name().value(), PassedOver::why)
                .containsExactlyInAnyOrder(
                        tuple("named", Why.SOURCE),
                        tuple("over", Why.EXPIRED),
                        tuple("to-come", Why.NOT_YET_VALID),
                        tuple("not-theirs", Why.SOURCE),
                        tuple("later", Why.LATER),
                        tuple("what-if", Why.SHADOW),
                        tuple("other-port", Why.OTHER_PORT),
                        tuple("other-listener", Why.OTHER_LISTENER));
    }

    @Test
    void aShadowRuleThatWouldHaveMatchedIsNamedAndNeverDecides() {
        Verdict verdict = http("http", Peer.at(FRIEND), "pay.example");

        assertThat(verdict.action()).isEqualTo(Action.ALLOW);
        assertThat(verdict.shadows()).containsExactly(new Shadow(ResourceName.of("edge", "what-if"), Action.DENY));
    }

    @Test
    void tlsIsOriginatedForWhoComesInTheClearAndPassedThroughInTunnels() {
        assertThat(tls(http("http", Peer.at(FRIEND), "a.pay.example")))
                .isEqualTo(new Tls.Originated("a.pay.example", List.of("a.pay.example"), TlsOrigination.DEFAULT));
        assertThat(tls(http("http", Peer.at(FRIEND), "pay.example:80"))).isEqualTo(new Tls.None());
        assertThat(tls(tunnel("Pay.example:443"))).isEqualTo(new Tls.PassedThrough("pay.example"));
        assertThat(tls(tunnel("pay.example:5432"))).isEqualTo(new Tls.None());
    }

    private static Tls tls(Verdict verdict) {
        return verdict.place().getFirst().onward().getFirst().tls();
    }

    @Test
    void theGatewayThatAsksItsOwnTcpListenerIsNobody() {
        var bytes = new Evaluator(new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet").tcp("bytes", 1, "edge/bytes"),
                                aDestination("edge/bytes")
                                        .hosts("bytes.example")
                                        .port(5432, Protocol.TCP)
                                        .statically()
                                        .at("203.0.113.1"),
                                aRule("edge/all").from(addresses("127.0.0.0/8")).to("edge/bytes")),
                        Cases.GATEWAY));

        assertThat(Stream.of("127.83.80.88", Listener.OWN_SOURCE.value())
                        .map(source -> bytes.decide(new Question(
                                        new Name("bytes"),
                                        Peer.at(new IpAddress(source)),
                                        new Approach.Connection(List.of()),
                                        NOON))
                                .name()))
                .containsExactly("edge/all", "sallyport/default-deny");
    }

    @Test
    void aTokenCountsOnlyWhereItIsTaken() {
        Peer peer = Peer.at(FRIEND).with(new Peer.Token.Proven(new ByJwt(ISSUER, "checkout")));

        assertThat(http("http", peer, "pay.example").name()).isEqualTo("edge/named");
        assertThat(http("connect", peer, "pay.example").name()).isEqualTo("edge/friends");
    }

    @ParameterizedTest
    @CsvSource({"proxy-authorization, edge/named", "x-token, edge/friends"})
    void aTokenCountsOnlyInHeadersInWhichItIsLookedFor(String header, String rule) {
        var token = new Peer.Token.Proven(new ByJwt(ISSUER, "checkout"), Map.of(), header);

        assertThat(http("http", Peer.at(FRIEND).with(token), "pay.example").name())
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @EnumSource(Peer.Token.Fault.class)
    void aTokenThatDoesNotVerifyIsRefusedWhereTokensAreTaken(Peer.Token.Fault fault) {
        Peer peer = Peer.at(FRIEND).with(new Peer.Token.Unproven(fault));

        Verdict verdict = http("http", peer, "pay.example");

        assertThat(verdict.name()).isEqualTo("sallyport/invalid-token");
        assertThat(verdict.reply()).isEqualTo(new Reply.Status(401, "invalid-token"));
        assertThat(http("connect", peer, "pay.example").name()).isEqualTo("edge/friends");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefusedToo() {
        Peer peer = Peer.at(FRIEND).with(new Peer.Token.Proven(new ByJwt("https://elsewhere.example", "checkout")));

        assertThat(http("http", peer, "pay.example").name()).isEqualTo("sallyport/invalid-token");
    }

    @Test
    void aCertificateLeavesTheAddressOut() {
        assertThat(http("mutual", certified("spiffe://corp/checkout"), "pay.example")
                        .name())
                .isEqualTo("edge/named");
        assertThat(http("mutual", certified("spiffe://corp/other"), "pay.example")
                        .name())
                .isEqualTo("sallyport/default-deny");
        assertThat(http("mutual", certified(), "pay.example").source().identity())
                .isEqualTo(new SourceIdentity.Nobody());
        assertThat(http("mutual", certified("spiffe://corp/checkout", "spiffe://corp/other"), "pay.example")
                        .name())
                .isEqualTo("sallyport/ambiguous-identity");
    }

    @Test
    void withoutACertificateThatVerifiesThereIsNoRequestInModeMutual() {
        Peer untrusted = Peer.at(FRIEND).with(new Peer.Certificate.Unproven(Peer.Certificate.Fault.UNTRUSTED));

        assertThat(http("mutual", Peer.at(FRIEND), "pay.example").name()).isEqualTo("sallyport/handshake");
        assertThat(http("mutual", untrusted, "pay_.example").name()).isEqualTo("sallyport/handshake");
        assertThat(http("mutual", untrusted, "pay.example").reply()).isEqualTo(new Reply.Closed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"spiffe://CORP/checkout", "spiffe://corp/checkout/", "spiffe://corp/a?b", "urn:checkout"})
    void whatIsNoSpiffeIdIsNobody(String uri) {
        assertThat(http("mutual", certified(uri), "pay.example").source().identity())
                .isEqualTo(new SourceIdentity.Nobody());
    }

    @ParameterizedTest
    @CsvSource({
        "pay.example, edge/named",
        "PAY.example., edge/named",
        "a.pay.example, sallyport/other-name",
        "example, sallyport/other-name"
    })
    void theServerNameOfAConnectionIsTheHostOfItsRequests(String serverName, String decidedBy) {
        var request = new Approach.HttpRequest("Pay.example:443", "GET", "/", List.of(serverName));

        Verdict verdict =
                evaluator.decide(new Question(new Name("mutual"), certified("spiffe://corp/checkout"), request, NOON));

        assertThat(verdict.name()).isEqualTo(decidedBy);
    }

    private static Peer certified(String... uriSans) {
        return Peer.at(FRIEND).with(new Peer.Certificate.Proven(List.of(uriSans)));
    }

    @Test
    void tlsWithoutANameIsForNobody() {
        Verdict verdict = evaluator.decide(
                new Question(new Name("tls"), Peer.at(FRIEND), new Approach.ClientHello(List.of()), NOON));

        assertThat(verdict.name()).isEqualTo("sallyport/unknown-destination");
    }

    @Test
    void whatAListenerDoesNotReadIsNotDecided() {
        var question = new Question(new Name("http"), Peer.at(FRIEND), new Approach.Tunnel("pay.example:443"), NOON);

        assertThatThrownBy(() -> evaluator.decide(question)).isInstanceOf(IllegalArgumentException.class);
    }
}
