package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.auditing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What policies allow of connections that nobody reads. Each is decided by a real Envoy and by the evaluator, which say the
 * same; what is refused reaches nobody.
 */
@RequiresEnvoy
class ConnectionAuthorizationIT {
    private static final String SHOP = "127.0.0.2";
    private static final byte[] SOMETHING = {'h', 'i', '\n'};

    @TempDir
    static Path folder;

    private static final int TLS = Ports.free();
    private static final int TCP = Ports.free();
    private static final int CLOSED = Ports.free();
    private static final Set<String> SEEN = new HashSet<>();
    private static NamedUpstream upstream;
    private static NameServer names;
    private static ConnectionGate gate;
    private static Evaluator evaluator;

    @BeforeAll
    static void start() throws IOException {
        upstream = NamedUpstream.answering("upstream", "127.9.0.1", Ports.free());
        names = NameServer.start().answer("a.dynamic.test", "127.9.0.1").answer("b.dynamic.test", "127.9.0.1");
        gate = new ConnectionGate(folder, names, policy());
        evaluator = new Evaluator(new SnapshotCompiler().compile(policy(), Cases.GATEWAY));
    }

    @AfterAll
    static void stop() {
        gate.close();
        names.close();
        upstream.close();
    }

    private static DesiredState policy() {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aNamespace("shop").cidrs(SHOP + "/32"),
                aGateway("edge/internet")
                        .permitting("127.9.0.0/16")
                        .buckets(4)
                        .tls("tls", TLS)
                        .tcp("tcp", TCP, "edge/mixed")
                        .tcp("closed", CLOSED, "edge/requests"),
                aSecurityPolicy("edge/everywhere")
                        .onGateway("internet")
                        .authorizing(
                                denying("guests").ipBlocks("127.0.0.9/32"),
                                auditing("from-here").ipBlocks(SHOP + "/32")),
                destination("free").hosts("free.test", "*.wild.test"),
                destination("mixed").hosts("mixed.test", "*.mixed.test"),
                aSecurityPolicy("edge/mixed")
                        .onDestination("mixed")
                        .authorizing(
                                allowing("shop").namespaces("shop"),
                                allowing("blocks").ipBlocks("127.0.0.4/30"),
                                denying("six").ipBlocks("127.0.0.6/32"),
                                denying("other-port").ports(81),
                                auditing("four").ipBlocks("127.0.0.4/32")),
                destination("named").hosts("*.named.test"),
                aSecurityPolicy("edge/named")
                        .onDestination("named")
                        .authorizing(
                                denying("secret").hosts("secret.named.test", "*.deep.named.test"),
                                allowing("some").hosts("*.named.test").ports(443),
                                allowing("never").ports(81)),
                destination("never").hosts("never.test"),
                aSecurityPolicy("edge/never")
                        .onDestination("never")
                        .authorizing(allowing("elsewhere").ports(81)),
                destination("requests").hosts("requests.test"),
                aSecurityPolicy("edge/requests")
                        .onDestination("requests")
                        .authorizing(allowing("reads").methods("GET")),
                aDestination("edge/dynamic")
                        .hosts("*.dynamic.test")
                        .port(443, Protocol.TLS, upstream.port())
                        .dynamically(),
                aSecurityPolicy("edge/dynamic")
                        .onDestination("dynamic")
                        .authorizing(allowing("a").hosts("a.dynamic.test")),
                aRule("edge/nobody")
                        .tier(Tier.ADMIN)
                        .denying()
                        .from(addresses("127.0.0.8/32"))
                        .to("edge/mixed"),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(addresses("127.0.0.0/8"))
                        .to("edge/free")
                        .to("edge/mixed")
                        .to("edge/named")
                        .to("edge/never")
                        .to("edge/requests")
                        .to("edge/dynamic"));
    }

    private static io.sallyport.testkit.DestinationBuilder destination(String name) {
        return aDestination("edge/" + name)
                .port(443, Protocol.TLS, upstream.port())
                .port(5432, Protocol.TCP, upstream.port())
                .statically()
                .at("127.9.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, free.test,             edge/all",
        "127.0.0.9, free.test,             edge/everywhere/guests",
        "127.0.0.9, a.wild.test,           edge/everywhere/guests",
        "127.0.0.2, mixed.test,            edge/all",
        "127.0.0.3, mixed.test,            edge/mixed",
        "127.0.0.4, MIXED.test.,           edge/all",
        "127.0.0.6, a.mixed.test,          edge/mixed/six",
        "127.0.0.8, mixed.test,            edge/nobody",
        "127.0.0.2, x.named.test,          edge/all",
        "127.0.0.2, Secret.Named.test.,    edge/named/secret",
        "127.0.0.2, a.deep.named.test,     edge/named/secret",
        "127.0.0.2, deep.named.test,       edge/all",
        "127.0.0.2, never.test,            edge/never",
        "127.0.0.2, requests.test,         sallyport/unenforceable",
        "127.0.0.2, b.dynamic.test,        edge/dynamic",
        "127.0.0.9, a.dynamic.test,        edge/everywhere/guests",
    })
    void decidesOnTls(String source, String serverName, String expected) {
        Verdict verdict = verdict("tls", source, new Approach.ClientHello(List.of(serverName)));
        assertThat(verdict.name()).isEqualTo(expected);

        Heard heard = hear(source, TLS, ClientHello.naming(serverName));

        assertSame(verdict, heard);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, edge/all",
        "127.0.0.3, edge/mixed",
        "127.0.0.4, edge/all",
        "127.0.0.6, edge/mixed/six",
        "127.0.0.8, edge/nobody",
        "127.0.0.9, edge/everywhere/guests",
    })
    void decidesOnTcp(String source, String expected) {
        Verdict verdict = verdict("tcp", source, new Approach.Connection(List.of()));
        assertThat(verdict.name()).isEqualTo(expected);

        assertSame(verdict, hear(source, TCP, SOMETHING));
    }

    @Test
    void whatAsksOfRequestsClosesTcp() {
        Verdict verdict = verdict("closed", SHOP, new Approach.Connection(List.of()));
        assertThat(verdict.name()).isEqualTo("sallyport/unenforceable");

        assertSame(verdict, hear(SHOP, CLOSED, SOMETHING));
    }

    @Test
    void aNameThatPoliciesDoNotAllowIsNotAskedFor() {
        hear(SHOP, TLS, ClientHello.naming("c.dynamic.test"));

        await().until(() ->
                hear(SHOP, TLS, ClientHello.naming("a.dynamic.test")).passes());
        assertThat(names.queries("a.dynamic.test")).isPositive();
        assertThat(names.queries("c.dynamic.test")).isZero();
    }

    private static void assertSame(Verdict verdict, Heard heard) {
        assertThat(heard.passes()).isEqualTo(verdict.ruling().allows());
        JsonNode log = log(heard);
        assertThat(log.path("action").asText()).isEqualTo(verdict.ruling().allows() ? "allowed" : "denied");
        assertThat(log.path("reason").asText())
                .isEqualTo(
                        verdict.ruling().allows()
                                ? ""
                                : verdict.ruling().reason().code());
        boolean byPolicy = verdict.ruling().reason().code().equals("authorization");
        assertThat(log.path("authorization").asText("")).isEqualTo(byPolicy ? verdict.name() : "");
        assertThat(log.path("rule").asText())
                .isEqualTo(byPolicy ? verdict.ruling().admittedBy().getFirst() : verdict.name());
        assertThat(log.path("audit").asText("")).isEqualTo(String.join(" ", verdict.audits()));
    }

    private static Verdict verdict(String listener, String source, Approach approach) {
        return evaluator.decide(
                new Question(new Name(listener), Peer.at(new IpAddress(source)), approach, Instant.now()));
    }

    private record Heard(String source, int port, boolean passes) {
        /** As a line of the log begins to say where a connection came from. */
        String asLogged() {
            return "\"source\":\"%s\",\"sourcePort\":%d,".formatted(source, port);
        }
    }

    private static Heard hear(String source, int port, byte[]... said) {
        try (Socket socket = Dial.open(source, port)) {
            // A port may come twice, and its line is to be told from the one before.
            return SEEN.add(source + ":" + socket.getLocalPort())
                    ? new Heard(
                            source,
                            socket.getLocalPort(),
                            Dial.hear(socket, said).equals("upstream"))
                    : hear(source, port, said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode log(Heard heard) {
        await().until(() -> lines(heard).findFirst().isPresent());
        return lines(heard).map(ConnectionAuthorizationIT::parsed).findFirst().orElseThrow();
    }

    private static Stream<String> lines(Heard heard) {
        return gate.accessLog().lines().filter(line -> line.contains(heard.asLogged()));
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(line, malformed);
        }
    }
}
