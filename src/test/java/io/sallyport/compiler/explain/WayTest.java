package io.sallyport.compiler.explain;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Addresses.Judged;
import io.sallyport.domain.decision.Addresses.Judgement;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.Inside;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.ResolvedAddress;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.testkit.Cases;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request after rules have let it in: where it leads, and what a tunnel carries. */
class WayTest {
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final IpAddress FRIEND = new IpAddress("10.0.0.2");
    private static final IpAddress STRANGER = new IpAddress("10.9.0.2");
    private static final String OPEN = "203.0.113.1";
    private static final String REFUSED = "10.0.0.9";
    private static final String GUARDED = "198.51.100.7";

    private final Evaluator evaluator = new Evaluator(new SnapshotCompiler()
            .compile(
                    state(
                            aNamespace("edge").cidrs("10.0.0.0/8"),
                            aGateway("edge/internet")
                                    .http("http", 1)
                                    .tls("tls", 2)
                                    .connect("connect", 3),
                            aSecurityPolicy("edge/tokens")
                                    .onListener("internet", "connect")
                                    .jwt("https://issuer.example", "{}"),
                            aDestination("edge/named")
                                    .hosts("named.example")
                                    .port(443, Protocol.HTTPS)
                                    .port(80, Protocol.HTTP)
                                    .port(5432, Protocol.TCP)
                                    .neverAt("198.51.100.0/24"),
                            aDestination("edge/wild")
                                    .hosts("*.wild.example")
                                    .port(443, Protocol.HTTPS)
                                    .port(80, Protocol.HTTP)
                                    .dynamically(),
                            aDestination("edge/network")
                                    .addresses("0.0.0.0/0")
                                    .port(443, Protocol.TLS)
                                    .port(80, Protocol.HTTP)
                                    .asAsked(),
                            aDestination("edge/excepted")
                                    .hosts("excepted.example")
                                    .port(443, Protocol.HTTPS)
                                    .port(80, Protocol.HTTP),
                            aSecurityPolicy("edge/excepted")
                                    .onDestination("excepted")
                                    .tls(TlsOrigination.DEFAULT.withUnverified(
                                            List.of(new Unverified(NOON, "its certificate is being made", false)))),
                            aRule("edge/all")
                                    .from(addresses("10.0.0.0/16"))
                                    .to("edge/excepted")
                                    .to("edge/named")
                                    .to("edge/wild")
                                    .to("edge/network")),
                    Cases.GATEWAY));

    private Verdict decide(String listener, Approach approach, String... resolved) {
        var lookup =
                new Lookup.Found(Stream.of(resolved).map(ResolvedAddress::parse).toList());
        return evaluator.decide(new Question(new Name(listener), Peer.at(FRIEND), approach, NOON).with(lookup));
    }

    private static Approach get(String authority) {
        return new Approach.HttpRequest(authority, "GET", "/");
    }

    @Test
    void nothingIsSentUnverifiedOnceTheExceptionIsOver() {
        Verdict verdict = decide("http", get("excepted.example:443"), OPEN);

        assertThat(verdict.name()).isEqualTo("sallyport/exception-over");
        assertThat(verdict.ruling().admittedBy()).containsExactly("edge/all");
        assertThat(verdict.reply()).isEqualTo(new Reply.Status(403, "exception-over"));
        assertThat(decide("http", get("excepted.example:80"), OPEN).ruling().allows())
                .isTrue();
        assertThat(evaluator
                        .decide(new Question(
                                new Name("http"), Peer.at(FRIEND), get("excepted.example:443"), NOON.minusMillis(1)))
                        .ruling()
                        .allows())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"named.example", "a.wild.example"})
    void aNameThatLeadsToRefusedAddressesAloneIsRefusedThoughRulesAllowIt(String host) {
        Verdict verdict = decide("http", get(host + ":80"), REFUSED, "::ffff:" + OPEN);

        assertThat(verdict.name()).isEqualTo("sallyport/address-policy");
        assertThat(verdict.ruling().admittedBy()).containsExactly("edge/all");
        assertThat(verdict.reply()).isEqualTo(new Reply.Status(403, "address-policy"));
    }

    @Test
    void ofAMixedAnswerADynamicDestinationHasThePermittedPart() {
        Verdict verdict = decide("http", get("a.wild.example:80"), REFUSED, OPEN);

        assertThat(verdict.name()).isEqualTo("edge/all");
        assertThat(verdict.place().getFirst().onward().getFirst().addresses().areRefusedInPart())
                .isFalse();
    }

    @Test
    void ofAMixedAnswerRequestsToANamedDestinationAreRefusedInPart() {
        Verdict verdict = decide("http", get("named.example:80"), REFUSED, OPEN, GUARDED);

        assertThat(verdict.name()).isEqualTo("edge/all");
        assertThat(judged(verdict))
                .containsExactly(
                        judged(REFUSED, Judgement.REFUSED_BY_GATEWAY),
                        judged(OPEN, Judgement.PERMITTED),
                        judged(GUARDED, Judgement.REFUSED_BY_DESTINATION));
        assertThat(verdict.place().getFirst().onward().getFirst().addresses().areRefusedInPart())
                .isTrue();
    }

    @Test
    void theOtherFamilyIsNotAskedForWhereTheFirstHasAnAnswer() {
        Verdict verdict = decide("http", get("a.wild.example:80"), REFUSED, "2001:4860::1");

        assertThat(judged(verdict)).contains(judged("2001:4860::1", Judgement.NOT_ASKED_FOR));
        assertThat(verdict.name()).isEqualTo("sallyport/address-policy");
    }

    private static List<Judged> judged(Verdict verdict) {
        return verdict.place().getFirst().onward().getFirst().addresses().judged();
    }

    private static Judged judged(String address, Judgement judgement) {
        return new Judged(ResolvedAddress.parse(address), judgement);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:80, edge/all",
        "10.0.0.9:80, sallyport/address-policy",
        "127.0.0.1:443, sallyport/address-policy",
        "169.254.169.254:80, sallyport/address-policy"
    })
    void anAddressThatIsAskedForIsJudgedWithoutBeingTold(String authority, String decidedBy) {
        Approach tunnel = new Approach.Tunnel(authority);

        Verdict verdict = evaluator.decide(new Question(new Name("connect"), Peer.at(FRIEND), tunnel, NOON));

        assertThat(verdict.name()).isEqualTo(decidedBy);
    }

    @Test
    void whatRulesRefuseIsNotLookedInto() {
        var question = new Question(new Name("http"), Peer.at(STRANGER), get("named.example:80"), NOON);

        Verdict verdict = evaluator.decide(question.with(new Lookup.Found(List.of(ResolvedAddress.parse(REFUSED)))));

        assertThat(verdict.name()).isEqualTo("sallyport/default-deny");
        assertThat(verdict.ruling().admittedBy()).isEmpty();
    }

    @Test
    void whereNobodySaysWhatANameResolvesToNothingIsDecidedByIt() {
        Verdict verdict =
                evaluator.decide(new Question(new Name("http"), Peer.at(FRIEND), get("named.example:80"), NOON));

        assertThat(verdict.name()).isEqualTo("edge/all");
        assertThat(verdict.place().getFirst().onward().getFirst().addresses().isKnown())
                .isFalse();
        assertThat(verdict.reply()).isEqualTo(new Reply.OfDestination());
    }

    @ParameterizedTest
    @ValueSource(strings = {"named.example:80", "a.wild.example:80"})
    void aNameThatDoesNotExistIsAllowedAndLeadsNowhere(String authority) {
        Verdict verdict = decide("http", get(authority));

        assertThat(verdict.name()).isEqualTo("edge/all");
        assertThat(verdict.reply()).isEqualTo(new Reply.Status(503, "upstream-dns"));
    }

    @Test
    void aTunnelForTlsCarriesItsOwnName() {
        assertThat(inside(new Inside.Tls(List.of("NAMED.example."))).name()).isEqualTo("edge/all");
        assertThat(inside(new Inside.Suitable()).reply()).isEqualTo(new Reply.Status(200, ""));
        for (Inside other :
                List.of(new Inside.Tls(List.of("a.wild.example")), new Inside.Tls(List.of()), new Inside.Other())) {
            assertThat(inside(other).name()).isEqualTo("sallyport/other-name");
            assertThat(inside(other).ruling().admittedBy()).containsExactly("edge/all");
            assertThat(inside(other).reply()).isEqualTo(new Reply.OpenedThenClosed());
        }
    }

    @Test
    void aTunnelForBytesCarriesAnything() {
        assertThat(decide("connect", new Approach.Tunnel("named.example:5432", new Inside.Other()), OPEN)
                        .name())
                .isEqualTo("edge/all");
    }

    @Test
    void aTunnelForTlsToARefusedAddressIsOpenedAndClosed() {
        Verdict verdict = decide("connect", new Approach.Tunnel("named.example:443"), REFUSED);

        assertThat(verdict.name()).isEqualTo("sallyport/address-policy");
        assertThat(verdict.reply()).isEqualTo(new Reply.OpenedThenClosed());
    }

    private Verdict inside(Inside inside) {
        return decide("connect", new Approach.Tunnel("named.example:443", inside), OPEN);
    }

    @Test
    void whoIsRefusedByAProxyWithoutATokenIsAskedForOne() {
        Approach tunnel = new Approach.Tunnel("named.example:443");
        Peer proven = Peer.at(STRANGER).with(new Peer.Token.Unproven(Peer.Token.Fault.EXPIRED));

        assertThat(reply(Peer.at(STRANGER), tunnel)).isEqualTo(new Reply.Status(407, "default-deny"));
        assertThat(reply(Peer.at(STRANGER), new Approach.Tunnel("nobody.test:443")))
                .isEqualTo(new Reply.Status(403, "unknown-destination"));
        assertThat(reply(proven, tunnel)).isEqualTo(new Reply.Status(407, "invalid-token"));
    }

    private Reply reply(Peer peer, Approach approach) {
        return evaluator
                .decide(new Question(new Name("connect"), peer, approach, NOON))
                .reply();
    }

    @Test
    void aConnectionIsClosedWithoutAWord() {
        assertThat(decide("tls", new Approach.ClientHello(List.of("nobody.test")))
                        .reply())
                .isEqualTo(new Reply.Closed());
        assertThat(decide("tls", new Approach.ClientHello(List.of("named.example")), REFUSED)
                        .reply())
                .isEqualTo(new Reply.Closed());
    }
}
