package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.Dial.HUNG_UP;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 127.9.0.0/16 is the internet, 127.0.0.1 and 127.9.0.9 are addresses that nobody may be led to. */
@RequiresEnvoy
class TlsTrialIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";

    @TempDir
    static Path folder;

    private static final int LISTENER = Ports.free();
    private static NamedUpstream first;
    private static NamedUpstream second;
    private static List<NamedUpstream> canaries;
    private static NameServer names;
    private static ConnectionGate gate;

    @BeforeAll
    static void start() throws IOException {
        first = NamedUpstream.answering("first", "127.9.0.1", Ports.free());
        second = NamedUpstream.answering("second", "127.9.0.2", first.port());
        canaries = List.of(
                NamedUpstream.answering("canary", "127.0.0.1", first.port()),
                NamedUpstream.answering("guarded", "127.9.0.9", first.port()));
        names = NameServer.start()
                .answer("named.test", "127.9.0.1")
                .answer("one.up.test", "127.9.0.1")
                .answer("two.up.test", "127.9.0.2")
                .answer("a.dyn.test", "127.9.0.1")
                .answer("b.c.dyn.test", "127.9.0.2")
                .answer("bad.dyn.test", "127.0.0.1")
                .answer("mixed.dyn.test", "127.0.0.1", "127.9.0.2")
                .answer("dead.dyn.test", "127.9.0.77", "127.0.0.1")
                .answer("changing.dyn.test", "127.9.0.1")
                .thenAnswer("changing.dyn.test", "127.0.0.1")
                .answer("x.guarded.test", "127.9.0.9")
                .answer("y.guarded.test", "127.9.0.2")
                .answer("anything.example", "127.9.0.2");
        gate = new ConnectionGate(folder, names, policy());
    }

    @AfterAll
    static void stop() {
        gate.close();
        names.close();
        first.close();
        second.close();
        canaries.forEach(NamedUpstream::close);
    }

    private static DesiredState policy() {
        int target = first.port();
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.9.0.0/16").buckets(8).tls("tls", LISTENER),
                aDestination("edge/exact")
                        .hosts("exact.test")
                        .port(443, Protocol.TLS, target)
                        .statically()
                        .at("127.9.0.1"),
                aDestination("edge/weighted")
                        .hosts("weighted.test")
                        .port(443, Protocol.TLS, target)
                        .statically()
                        .at("127.9.0.1", target, 1, "")
                        .at("127.9.0.2", target, 3, ""),
                aDestination("edge/named").hosts("named.test").port(443, Protocol.TLS, target),
                aDestination("edge/several")
                        .hosts("several.test")
                        .port(443, Protocol.TLS, target)
                        .at("one.up.test", target, 1, "")
                        .at("two.up.test", target, 1, ""),
                aDestination("edge/dynamic")
                        .hosts("*.dyn.test")
                        .port(443, Protocol.TLS, target)
                        .dynamically(),
                aDestination("edge/closed")
                        .hosts("closed.dyn.test")
                        .port(443, Protocol.TLS, target)
                        .statically()
                        .at("127.9.0.1"),
                aDestination("edge/guarded")
                        .hosts("*.guarded.test")
                        .port(443, Protocol.TLS, target)
                        .dynamically()
                        .neverAt("127.9.0.9/32"),
                aDestination("edge/everything")
                        .hosts("*")
                        .port(443, Protocol.TLS, target)
                        .dynamically(),
                aRule("edge/friends")
                        .from(addresses(FRIEND + "/32"))
                        .to("edge/exact")
                        .to("edge/weighted")
                        .to("edge/named")
                        .to("edge/several")
                        .to("edge/dynamic")
                        .to("edge/guarded")
                        .to("edge/everything"),
                aRule("edge/closed").denying().from(addresses("127.0.0.0/8")).to("edge/closed"),
                aRule("edge/would-refuse")
                        .shadow()
                        .denying()
                        .from(addresses(FRIEND + "/32"))
                        .to("edge/exact"));
    }

    @ParameterizedTest
    @CsvSource({
        "exact.test, first",
        "EXACT.Test, first",
        "exact.test., first",
        "named.test, first",
        "named.test., first",
        "a.dyn.test, first",
        "B.c.dyn.TEST., second",
        "mixed.dyn.test, second",
        "y.guarded.test, second",
        "anything.example, second"
    })
    void leadsToWhoeverOwnsTheNameHoweverItIsWritten(String serverName, String upstream) {
        assertThat(hear(FRIEND, serverName)).isEqualTo(upstream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weighted.test", "several.test"})
    void spreadsConnectionsOverAllEndpoints(String serverName) {
        assertThat(IntStream.range(0, 60).mapToObj(each -> hear(FRIEND, serverName)))
                .contains("first", "second")
                .allMatch(heard -> heard.equals("first") || heard.equals("second"));
    }

    @ParameterizedTest
    @CsvSource({
        "closed.dyn.test, edge/closed",
        "CLOSED.dyn.test., edge/closed",
        "bad_name.dyn.test, sallyport/malformed-host",
        "a..dyn.test, sallyport/malformed-host",
        ".dyn.test, sallyport/malformed-host",
        "a.dyn.test.., sallyport/malformed-host",
        "-a.dyn.test, sallyport/malformed-host",
        "a.dyn.test:443, sallyport/malformed-host",
        "a b.dyn.test, sallyport/malformed-host",
        "*.dyn.test, sallyport/malformed-host"
    })
    void refusesTheRestAndLogsWhichRuleDid(String serverName, String rule) {
        int before = everyConnection();

        assertThat(hear(FRIEND, serverName)).isEqualTo(HUNG_UP);

        assertThat(everyConnection()).isEqualTo(before);
        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anyMatch(
                        line -> line.contains("\"rule\":\"" + rule + "\"") && line.contains("\"action\":\"denied\"")));
    }

    @Test
    void whatHasNoNameIsNobodysEvenWhereAnyNameIsSomebodys() {
        int before = everyConnection();

        assertThat(Dial.hear(FRIEND, LISTENER, ClientHello.withoutName())).isEqualTo(HUNG_UP);
        assertThat(Dial.hear(
                        FRIEND,
                        LISTENER,
                        "GET / HTTP/1.1\r\nhost: exact.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(HUNG_UP);

        assertThat(everyConnection()).isEqualTo(before);
        await().untilAsserted(
                        () -> assertThat(gate.accessLog()).contains("\"rule\":\"sallyport/unknown-destination\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.dyn.test", "dead.dyn.test", "x.guarded.test", "127.0.0.1", "127.9.0.9.guarded.test"})
    void connectsToNoAddressThatIsRefused(String serverName) {
        assertThat(hear(FRIEND, serverName)).isEqualTo(HUNG_UP);
        assertThat(canaries).allMatch(canary -> canary.connections() == 0);
    }

    @Test
    void aNameThatComesToMeanARefusedAddressLeadsThereNever() {
        assertThat(hear(FRIEND, "changing.dyn.test")).isEqualTo("first");

        await().until(() -> names.queries("changing.dyn.test") > 1);

        assertThat(hear(FRIEND, "changing.dyn.test")).isNotEqualTo("canary");
        assertThat(canaries).allMatch(canary -> canary.connections() == 0);
    }

    @Test
    void namesThatStrangersMakeUpAreAskedOfNobody() {
        assertThat(hear(STRANGER, "secret.dyn.test")).isEqualTo(HUNG_UP);
        assertThat(hear(STRANGER, "secret.example")).isEqualTo(HUNG_UP);
        assertThat(hear(FRIEND, "secret.closed.test")).isEqualTo(HUNG_UP);

        assertThat(names.queries("secret.dyn.test")).isZero();
        assertThat(names.queries("secret.example")).isZero();
        assertThat(names.queries("secret.closed.test")).isNotZero();
    }

    @Test
    void logsWhoWentWhereByWhichRuleAndWhatAShadowRuleWouldHaveDone() {
        assertThat(hear(FRIEND, "exact.test")).isEqualTo("first");

        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"listener\":\"tls\"",
                                "\"source\":\"127.0.0.2\"",
                                "\"host\":\"exact.test\"",
                                "\"rule\":\"edge/friends\"",
                                "\"action\":\"allowed\"",
                                "\"shadow\":\"edge/would-refuse\"",
                                "\"upstream\":\"127.9.0.1:" + first.port() + "\"",
                                "\"bytesSent\":6")));
    }

    private static int everyConnection() {
        return first.connections()
                + second.connections()
                + canaries.stream().mapToInt(NamedUpstream::connections).sum();
    }

    private static String hear(String source, String serverName) {
        return Dial.hear(source, LISTENER, ClientHello.naming(serverName));
    }
}
