package io.sallyport.push.xds;

import static io.restassured.RestAssured.given;
import static io.sallyport.compiler.envoy.ResourceType.EXTENSION_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class DiscoveryLifeTest {
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    @Inject
    AgentRegistry registry;

    @Inject
    SnapshotFeed feed;

    @Test
    void anEnvoyGetsAllAndThenWhatChanges() {
        World world = new World("life", 111).create();

        try (Connection connection = connect(world)) {
            assertThat(connection.typesHeard())
                    .contains(ResourceType.CLUSTER, ResourceType.LISTENER, ResourceType.ROUTES, EXTENSION_CONFIG);

            connection.forget();
            world.decide("Deny");
            awaitInStep(world);

            assertThat(connection.typesHeard()).containsExactly(EXTENSION_CONFIG);
            assertThat(connection.heard()).allMatch(response -> response.getResourcesCount() == 1);
        }
    }

    @Test
    void aListenerThatNobodyCanAskIsNotSaidToBeInEffectAndItIsSaidWhy() {
        World world = new World("unasked", 146).create().listeningForBytes();
        String path = "/api/v1/revisions/1/convergence?gateway=" + world.gateway();

        try (Connection connection =
                new Connection(IssuerResource.issuer().clientToken(world.client())).start(world.gateway())) {
            await().untilAsserted(() -> {
                String answer = given().auth()
                        .oauth2(IssuerResource.issuer().userToken("admin"))
                        .get(path)
                        .asString();
                assertThat(answer).contains("\"acknowledged\":1", "\"effective\":0", "bytes (TCP at an IPv6 address");
            });
            assertThat(connection.end()).isEmpty();
        }
    }

    @Test
    void whatDoesNotConcernTheGatewayIsNotSent() {
        World world = new World("quiet", 112).create();

        try (Connection connection = connect(world)) {
            connection.forget();
            new World("loud", 113).create();

            await().during(A_WHILE).until(() -> connection.heard().isEmpty());
        }
    }

    @Test
    void whatIsRefusedIsNotSentAgainAndTheRestGoesOn() {
        World world = new World("picky", 114).create();

        String token = IssuerResource.issuer().clientToken(world.client());
        try (Connection connection = new Connection(
                        token,
                        response -> response.getTypeUrl().equals(EXTENSION_CONFIG.typeUrl())
                                ? Optional.of("I do not like it")
                                : Optional.empty())
                .start(world.gateway())) {
            AgentStatus status = await().until(
                            () -> status(world),
                            found -> found.filter(agent -> !agent.lastError().isEmpty())
                                    .isPresent())
                    .orElseThrow();
            assertThat(status.lastError()).contains("I do not like it");
            assertThat(status.acknowledged()).isEmpty();
            await().until(() -> connection.typesHeard().contains(ResourceType.ROUTES));

            // What else is refused may still be on its way.
            AtomicInteger before = new AtomicInteger();
            await().during(A_WHILE).until(() -> {
                int now = connection.heard().size();
                return before.getAndSet(now) == now;
            });
            assertThat(refused(connection)).doesNotHaveDuplicates();
            world.addDestination("more");

            await().until(() -> connection.heard().stream()
                    .anyMatch(response -> response.getTypeUrl().equals(ResourceType.ROUTES.typeUrl())
                            && response.getResources(0).toString().contains("more.picky.example")));
        }
    }

    private static List<String> refused(Connection connection) {
        return connection.heard().stream()
                .filter(response -> response.getTypeUrl().equals(EXTENSION_CONFIG.typeUrl()))
                .flatMap(response -> response.getResourcesList().stream())
                .map(resource -> resource.getName() + " " + resource.getVersion())
                .toList();
    }

    @Test
    void aReconnectWithAllOfItIsSentNothing() {
        World world = new World("again", 115).create();
        Map<ResourceType, Map<String, String>> held;
        try (Connection connection = connect(world)) {
            held = connection.versions();
        }
        await().until(() -> status(world).isEmpty());

        try (Connection again =
                new Connection(IssuerResource.issuer().clientToken(world.client())).start(world.gateway(), held)) {
            awaitInStep(world);
            await().during(A_WHILE).until(() -> again.heard().isEmpty());
            world.decide("Deny");

            await().until(() -> !again.heard().isEmpty());
            assertThat(again.typesHeard()).containsExactly(EXTENSION_CONFIG);
        }
    }

    private Connection connect(World world) {
        Connection connection =
                new Connection(IssuerResource.issuer().clientToken(world.client())).start(world.gateway());
        await().until(() ->
                connection.typesHeard().containsAll(java.util.List.of(ResourceType.ROUTES, EXTENSION_CONFIG)));
        awaitInStep(world);
        return connection;
    }

    private void awaitInStep(World world) {
        Predicate<AgentStatus> inStep = agent -> feed.newest(agent.gateway())
                .filter(newest -> newest.version().toString().equals(agent.acknowledged()))
                .isPresent();
        await().until(() -> status(world).filter(inStep).isPresent());
    }

    private Optional<AgentStatus> status(World world) {
        return registry.all().stream()
                .filter(agent -> agent.principal().value().equals(world.client()))
                .findFirst();
    }
}
