package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings.Family;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are what they resolve to. A canary at a refused address sees whether anything is ever connected to it. */
@RequiresEnvoy
class DestinationTruthIT {
    private static final String GOOD = "127.9.0.1";
    private static final String OTHER_GOOD = "127.9.0.2";
    private static final String REFUSED = "127.0.0.1";

    @TempDir
    static Path folder;

    private static NameServer names;
    private static EchoUpstream good;
    private static EchoUpstream canary;
    private static EchoUpstream guarded;
    private static Outpost outpost;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        int listening = Ports.free();
        good = EchoUpstream.at(GOOD, port);
        guarded = EchoUpstream.at(OTHER_GOOD, port);
        canary = EchoUpstream.at(REFUSED, port);
        names = NameServer.start()
                .answer("a.wild.test", GOOD)
                .answer("good.test", GOOD)
                .answer("other.guarded.test", OTHER_GOOD)
                .answer("guarded.test", OTHER_GOOD)
                .answer("odd.wild.test", GOOD)
                .answer("odd.test", GOOD)
                .answer("leaving.test", GOOD);
        for (String domain : List.of(".wild.test", ".test")) {
            names.answer("loop" + domain, REFUSED)
                    .answer("mixed" + domain, GOOD, REFUSED)
                    .answer("reversed" + domain, REFUSED, GOOD)
                    .answer("mapped" + domain, "::ffff:127.0.0.1")
                    .answer("six" + domain, "::1");
        }
        outpost = Outpost.start(
                folder,
                names,
                listening,
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting(Outpost.INTERNET).http("http", listening),
                web("edge/wild", port).hosts("*.wild.test").dynamically(),
                web("edge/named", port)
                        .hosts(
                                "good.test",
                                "loop.test",
                                "mixed.test",
                                "reversed.test",
                                "mapped.test",
                                "six.test",
                                "odd.test",
                                "leaving.test"),
                web("edge/guarded-wild", port)
                        .hosts("*.guarded.test")
                        .dynamically()
                        .neverAt(OTHER_GOOD + "/32"),
                web("edge/asked", port)
                        .hosts(GOOD, OTHER_GOOD, REFUSED)
                        .asAsked()
                        .neverAt(OTHER_GOOD + "/32"),
                web("edge/guarded", port).hosts("guarded.test").neverAt(OTHER_GOOD + "/32"),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(everyone())
                        .to("edge/wild")
                        .to("edge/named")
                        .to("edge/asked")
                        .to("edge/guarded-wild")
                        .to("edge/guarded"));
    }

    private static DestinationBuilder web(String name, int target) {
        return aDestination(name)
                .port(80, Protocol.HTTP, target)
                .dns(Duration.ofSeconds(1), false, Family.V4_PREFERRED);
    }

    @AfterAll
    static void stop() {
        outpost.close();
        good.close();
        canary.close();
        guarded.close();
        names.close();
    }

    @AfterEach
    void nothingWasConnectedToWhatIsRefused() {
        assertThat(canary.connections()).isZero();
        assertThat(guarded.connections()).isZero();
    }

    @Test
    void aNameThatGoesIsNotConnectedToAnyLonger() {
        await().until(() -> outpost.get("leaving.test").status() == 200);

        names.answer("leaving.test");

        await().untilAsserted(
                        () -> assertThat(outpost.get("leaving.test").body()).contains("upstream-dns"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.wild.test",
                "A.Wild.TEST",
                "a.wild.test.",
                "a.wild.test:80",
                "good.test",
                "GOOD.test.:80",
                GOOD
            })
    void whatResolvesWellIsReachedAtThePortOfTheDestination(String host) {
        assertThat(outpost.get(host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loop.wild.test",
                "LOOP.wild.test.",
                "mapped.wild.test",
                "six.wild.test",
                "other.guarded.test",
                "loop.test",
                "mapped.test",
                "six.test",
                "guarded.test",
                OTHER_GOOD,
                REFUSED + ":80"
            })
    void whatResolvesToRefusedAddressesIsRefused(String host) {
        Answer answer = awaited(host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("address-policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed.wild.test", "reversed.wild.test"})
    void ofAMixedAnswerADynamicDestinationHasTheGoodPart(String host) {
        assertThat(times(10, host)).containsOnly(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed.test", "reversed.test"})
    void ofAMixedAnswerANamedDestinationRefusesTheRest(String host) {
        awaited(host);

        assertThat(times(10, host)).containsOnly(200, 403).contains(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd.wild.test", "odd.test"})
    void aNameThatChangesItsAnswerNeverLeadsToARefusedAddress(String host) {
        assertThat(awaited(host).status()).isEqualTo(200);
        long before = names.queries(host);
        names.answer(host, REFUSED);

        await().until(() -> names.queries(host) > before + 2);

        assertThat(times(10, host)).doesNotContain(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1.wild.test", "none.wild.test"})
    void aNameThatDoesNotExistLeadsNowhere(String host) {
        assertThat(outpost.get(host).status()).isEqualTo(503);
    }

    @Test
    void noPortOfTheAuthorityReachesAnotherPort() {
        assertThat(outpost.get("a.wild.test:22").status()).isEqualTo(403);
    }

    // A destination of names is asked for before anything is requested; here, just now.
    private static Answer awaited(String host) {
        return await().until(() -> outpost.get(host), answer -> answer.status() != 503);
    }

    private static List<Integer> times(int count, String host) {
        return IntStream.range(0, count)
                .mapToObj(each -> outpost.get(host).status())
                .toList();
    }
}
