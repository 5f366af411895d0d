package io.sallyport.store.postgres;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.local.DeltaClient;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.StoppablePostgresResource;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The database is not there when the program starts, comes, goes while it runs, and comes back. */
@QuarkusTest
@WithTestResource(NoPostgresAtStartResource.class)
@WithTestResource(IssuerResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresGoneTest {
    private static final String RULE = "/api/v1/namespaces/shop/egress-rules/checkout-to-billing";
    private static final Map<ResourceType, Map<String, String>> NOTHING = Map.of();
    private static final Map<ResourceType, Map<String, String>> SOMETHING =
            Map.of(ResourceType.CLUSTER, Map.of("from-before", "1"));

    @Inject
    FollowHead followHead;

    @Inject
    AgentRegistry registry;

    private final ManagedChannel channel = ManagedChannelBuilder.forAddress(
                    "127.0.0.1", ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class))
            .usePlaintext()
            .build();

    @AfterEach
    void leave() {
        channel.shutdownNow();
    }

    @Test
    @Order(1)
    void aStartWithoutItServesWhatIsOnDiskSaysSoAndIsWellOnceItIsThere() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'head' }.data.source", equalTo("bundle"))
                .body("checks.find { it.name == 'head' }.data.detail", containsString("served is revision 1"));
        assertThat(Integer.parseInt(get(RULE).statusCode(200).extract().header("Sallyport-Stale")))
                .isGreaterThanOrEqualTo((int) NoPostgresAtStartResource.AGE.toSeconds());
        write(RULE).statusCode(503).header("Retry-After", notNullValue()).body("type", containsString("unavailable"));
        assertWhoHasNothingIsServedAndWhoHasSomethingKeepsIt();

        startPostgres();

        await().until(followHead::isFromStore);
        given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'head' }.data.source", equalTo("store"))
                .body("checks.find { it.name == 'head' }.data.stale", equalTo(false));
    }

    @Test
    @Order(2)
    void whileItIsAwayStreamsLiveReadsAreServedWritesFailFastAndAllIsWellWhenItIsBack() {
        applyQuickStart();
        Revision before = new Revision(Long.parseLong(get(RULE)
                .statusCode(200)
                .header("Sallyport-Stale", nullValue())
                .extract()
                .header("Sallyport-Revision")));
        DeltaClient connected = agent("connected", NOTHING);
        await().until(() -> connected.versions(ResourceType.EXTENSION_CONFIG).size() > 1);

        StoppablePostgresResource.stopServer();

        await().until(followHead::isStoreAway);
        long began = System.nanoTime();
        write(RULE).statusCode(503).header("Retry-After", notNullValue());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        get(RULE).statusCode(200).header("Sallyport-Stale", notNullValue());
        get("/api/v1/namespaces/shop/egress-rules").statusCode(200).body("items", hasSize(1));
        assertWhoHasNothingIsServedAndWhoHasSomethingKeepsIt();
        assertThat(connected.end()).isEmpty();

        startPostgres();

        await().until(() -> !followHead.isStoreAway());
        Map<String, String> tables = Map.copyOf(connected.versions(ResourceType.EXTENSION_CONFIG));
        write(RULE).statusCode(204);
        assertThat(followHead.awaitRevision(before.next(), Patience.LONG)).isTrue();
        await().until(() -> !connected.versions(ResourceType.EXTENSION_CONFIG).equals(tables));
        assertThat(connected.end()).isEmpty();
    }

    private void assertWhoHasNothingIsServedAndWhoHasSomethingKeepsIt() {
        DeltaClient returning = agent("returning", SOMETHING);
        DeltaClient fresh = agent("fresh", NOTHING);
        await().until(() -> fresh.versions(ResourceType.EXTENSION_CONFIG).size() > 1);
        await().until(() -> agents("returning")
                .anyMatch(agent -> agent.progress().waitingFor().contains("keeps what it has")));
        assertThat(returning.versions(ResourceType.LISTENER)).isEmpty();
        returning.close();
        fresh.close();
    }

    private Stream<AgentStatus> agents(String node) {
        return registry.all().stream().filter(agent -> agent.nodeId().equals(node));
    }

    private DeltaClient agent(String node, Map<ResourceType, Map<String, String>> before) {
        DeltaClient client =
                DeltaClient.accepting(channel, IssuerResource.issuer().clientToken("gateway-internet"), ignored -> {});
        client.start("edge/internet", node, before);
        return client;
    }

    private static void startPostgres() {
        Path data = Path.of(ConfigProvider.getConfig().getValue(StoppablePostgresResource.FOLDER, String.class));
        int port = ConfigProvider.getConfig().getValue(StoppablePostgresResource.PORT, Integer.class);
        StoppablePostgresResource.startServer(data, port);
    }

    private static ValidatableResponse get(String path) {
        return given().auth()
                .oauth2(IssuerResource.issuer().userToken("admin"))
                .get(path)
                .then();
    }

    private static ValidatableResponse write(String path) {
        return given().auth()
                .oauth2(IssuerResource.issuer().userToken("admin"))
                .delete(path)
                .then();
    }

    private static void applyQuickStart() {
        given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.TEXT)))
                .auth()
                .oauth2(IssuerResource.issuer().userToken("admin"))
                .contentType("application/yaml")
                .body(quickStart())
                .post("/api/v1/apply")
                .then()
                .statusCode(200);
    }

    private static String quickStart() {
        try (Stream<Path> documents = Files.list(Path.of("examples", "quickstart"))) {
            return documents
                    .filter(document -> document.toString().endsWith(".yaml"))
                    .sorted()
                    .map(PostgresGoneTest::text)
                    .collect(Collectors.joining("\n---\n"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
