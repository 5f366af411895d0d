package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.Connection.KeepAlive;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.WebUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoint a request goes to: by weight, policy, health and locality, and how much may wait for one. */
@RequiresEnvoy
class BalancingIT {
    private static final String ONE = "127.9.3.1";
    private static final String TWO = "127.9.3.2";
    private static final String NOBODY = "127.9.3.77";
    /** What Linux calls that timer in its table of connections, before when it is due. */
    private static final String KEEP_ALIVE = "02:";

    private static final KeepAlive PROBES = new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 3);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static final List<DestinationBuilder> DESTINATIONS = new ArrayList<>();
    private static NameServer names;
    private static WebUpstream one;
    private static WebUpstream two;
    private static int port;
    private static Outpost outpost;

    @BeforeAll
    static void start() {
        port = Ports.free();
        int listening = Ports.free();
        one = WebUpstream.at(ONE, port).failingAt("/well").failingAt("/outlier");
        two = WebUpstream.at(TWO, port);
        names = NameServer.start().answer("first.names.test", ONE).answer("second.names.test", TWO);
        known("weighted").at(ONE, port, 3, "").at(TWO, port, 1, "");
        for (Policy policy : Policy.values()) {
            known(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .at(ONE, TWO)
                    .balancedBy(policy);
        }
        known("by-header").at(ONE, TWO).balancedBy(Policy.RING_HASH, "x-user");
        known("failing-over")
                .at(TWO, port, 1, "far")
                .at(NOBODY, port, 1, "near")
                .localities("near", "far");
        known("without-retries")
                .at(TWO, port, 1, "far")
                .at(NOBODY, port, 1, "near")
                .localities("near", "far")
                .connection(new Connection(SECOND, 1024, 1024, 1024, 0, List.of(), 100, Duration.ofMinutes(1)));
        known("outlying").at(ONE, TWO).ejectingOutliers(new OutlierDetection(2, SECOND, Duration.ofMinutes(1), 50));
        known("checked").at(ONE, TWO).checkedBy(check(HealthCheck.Kind.HTTP, "/well"));
        known("connectable").at(NOBODY, TWO).checkedBy(check(HealthCheck.Kind.TCP, ""));
        known("subsets")
                .at(ONE, port, 1, "", "version", "1")
                .at(TWO, port, 1, "", "version", "2")
                .subset("first", "version", "1")
                .subset("second", "version", "2");
        known("bounded").at(TWO).connection(bounded());
        known("kept").at(ONE).connection(lasting(List.of(PROBES), Duration.ofMinutes(1)));
        known("idle").at(TWO).connection(lasting(List.of(), SECOND));
        DESTINATIONS.add(aDestination("edge/names")
                .hosts("names.test")
                .port(80, Protocol.HTTP, port)
                .at("first.names.test", "second.names.test"));
        outpost = Outpost.start(folder, names, listening, resources(listening));
    }

    private static DestinationBuilder known(String name) {
        DestinationBuilder destination = aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(80, Protocol.HTTP, port)
                .statically();
        DESTINATIONS.add(destination);
        return destination;
    }

    private static ResourceBuilder<?>[] resources(int listening) {
        var rule = aRule("edge/all").tier(Tier.ADMIN).from(everyone());
        DESTINATIONS.forEach(destination -> rule.to(destination.build().name().toString()));
        List<ResourceBuilder<?>> all = new ArrayList<>(DESTINATIONS);
        all.add(aNamespace("edge").cidrs("127.0.0.0/8"));
        all.add(aGateway("edge/internet").permitting(Outpost.INTERNET).http("http", listening));
        all.add(rule);
        return all.toArray(ResourceBuilder<?>[]::new);
    }

    private static HealthCheck check(HealthCheck.Kind kind, String path) {
        return new HealthCheck(kind, path, SECOND, SECOND, 1, 1);
    }

    private static Connection bounded() {
        return new Connection(SECOND, 1, 1, 2, 0, List.of(PROBES), 10, Duration.ofMinutes(1));
    }

    private static Connection lasting(List<KeepAlive> probes, Duration idle) {
        return new Connection(Duration.ofSeconds(5), 1024, 1024, 1024, 3, probes, 100, idle);
    }

    @AfterAll
    static void stop() {
        outpost.close();
        one.close();
        two.close();
        names.close();
    }

    @Test
    void trafficIsSharedByWeight() {
        List<String> answers = answers(40, "weighted.test");

        assertThat(answers.stream().filter(ONE::equals).count()).isBetween(27L, 33L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin.test", "least-request.test", "random.test", "names.test"})
    void everyEndpointHasItsShare(String host) {
        await().untilAsserted(() ->
                assertThat(answers(20, host)).containsOnly(ONE, TWO).contains(ONE, TWO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-hash.test", "maglev.test"})
    void theSameSourceLeadsToTheSameEndpoint(String host) {
        assertThat(answers(10, host).stream().distinct()).hasSize(1);
    }

    @Test
    void theSameHeaderLeadsToTheSameEndpoint() {
        List<List<String>> byUser = IntStream.range(0, 20)
                .mapToObj(user -> answers(3, "by-header.test", "x-user: u" + user).stream()
                        .distinct()
                        .toList())
                .toList();

        assertThat(byUser).allMatch(answers -> answers.size() == 1).contains(List.of(ONE), List.of(TWO));
    }

    @Test
    void whatCannotBeConnectedToIsFailedOverFromAtOnce() {
        assertThat(answers(10, "failing-over.test")).containsOnly(TWO);
    }

    @Test
    void noMoreIsSentAgainThanMayBe() {
        Answer answer = outpost.get("without-retries.test");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("upstream-connect");
    }

    @Test
    void whatKeepsFailingIsLeftOut() {
        await().untilAsserted(() -> assertThat(IntStream.range(0, 10)
                        .mapToObj(
                                each -> outpost.ask("outlying.test", "/outlier").status()))
                .containsOnly(200));
    }

    @Test
    void whatIsUnwellIsLeftOutAndIsAskedAsTheHost() {
        assertThat(answers(10, "checked.test")).containsOnly(TWO);
        assertThat(two.asked()).contains("checked.test/well");
    }

    @Test
    void whatNobodyAcceptsAtIsLeftOut() {
        assertThat(answers(10, "connectable.test")).containsOnly(TWO);
    }

    @Test
    void subsetsAreThere() {
        assertThat(outpost.admin().get("/stats?filter=lb_subsets_active"))
                .containsPattern("cluster.edge/subsets/80.lb_subsets_active: [1-9]");
    }

    @Test
    void moreThanMayWaitIsRefusedAtOnce() {
        CompletableFuture<Answer> first = waiting();
        awaitStatistic("upstream_rq_active: 1");
        CompletableFuture<Answer> second = waiting();
        awaitStatistic("upstream_rq_pending_active: 1");

        Answer third = outpost.get("bounded.test");
        two.release();

        assertThat(third.status()).isEqualTo(503);
        assertThat(third.body()).contains("upstream-overload");
        assertThat(List.of(first.join().status(), second.join().status())).containsOnly(200);
    }

    @Test
    void anIdleConnectionIsProbedWhereThatIsAskedFor() throws IOException {
        Path connections = Path.of("/proc/net/tcp");
        assumeThat(connections).exists();
        outpost.get("kept.test");
        answers(4, "weighted.test");

        try (Stream<String> lines = Files.lines(connections)) {
            assertThat(lines.filter(line -> line.contains(" " + asLinuxWrites(ONE) + " 01 "))
                            .map(line -> line.substring(line.indexOf(" 01 ")).split(" +", 5)[3]))
                    .anyMatch(timer -> timer.startsWith(KEEP_ALIVE))
                    .anyMatch(timer -> !timer.startsWith(KEEP_ALIVE));
        }
    }

    // The bytes of the address the other way round.
    private static String asLinuxWrites(String address) {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        return "%02X%02X%02X%02X:%04X".formatted(bytes[3], bytes[2], bytes[1], bytes[0], port);
    }

    @Test
    void aConnectionThatIsIdleIsClosed() {
        outpost.get("idle.test");

        await().untilAsserted(() -> assertThat(outpost.admin().get("/stats?filter=edge/idle/80.upstream_cx"))
                .containsPattern("upstream_cx_idle_timeout: [1-9]")
                .contains("upstream_cx_active: 0"));
    }

    // One that is waiting for a connection to be made counts as well as one that waits for a free one.
    private static void awaitStatistic(String expected) {
        await().untilAsserted(() -> assertThat(outpost.admin().get("/stats?filter=bounded.*_active"))
                .contains(expected));
    }

    private static CompletableFuture<Answer> waiting() {
        return CompletableFuture.supplyAsync(() -> outpost.ask("bounded.test", "/waiting"), Thread.ofVirtual()::start);
    }

    private static List<String> answers(int count, String host, String... headers) {
        return IntStream.range(0, count)
                .mapToObj(each -> outpost.get(host, headers).body())
                .toList();
    }
}
