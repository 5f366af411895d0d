package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class DiscoveryAccessTest {
    @Inject
    AgentRegistry registry;

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", ""})
    void aTokenThatIsNoneIsRefused(String token) {
        try (Connection connection = new Connection(token).start("edge/internet")) {
            assertThat(ended(connection).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void anExpiredTokenIsRefused() {
        try (Connection connection = new Connection(IssuerResource.issuer().expiredToken()).start("edge/internet")) {
            Status end = ended(connection);

            assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(end.getDescription()).contains("expired");
        }
    }

    @Test
    void aGatewayThatIsNotItsOwnIsRefusedWhateverTheNodeSays() {
        World world = new World("not-yours", 101).create();

        try (Connection connection = as("gateway-of-others").start(world.gateway())) {
            Status end = ended(connection);

            assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(end.getDescription()).contains("gateway-of-others").contains(world.gateway());
        }
    }

    @Test
    void aGatewayThatDoesNotExistIsRefusedNoDifferently() {
        World world = new World("exists", 102).create();

        try (Connection connection = as(world.client()).start("exists/not")) {
            assertThat(ended(connection).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"internet", "no/such/form", "Upper/Case", "/"})
    void aNodeClusterOfAnotherFormIsTold(String cluster) {
        World world = new World("form", 103).create();

        try (Connection connection = as(world.client()).start(cluster)) {
            Status end = ended(connection);

            assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(end.getDescription()).contains("namespace/name");
        }
    }

    @Test
    void anAgentOfOneGatewayNeedNotNameIt() {
        World world = new World("only-one", 104).create();

        try (Connection connection = as(world.client()).start("")) {
            await().until(() -> !connection.heard().isEmpty());
        }
    }

    @Test
    void aStreamEndsWhenItsTokenDoes() {
        World world = new World("short-lived", 105).create();
        // The first of all streams takes long, and the token is not to end meanwhile.
        try (Connection first = as(world.client()).start(world.gateway())) {
            await().until(() -> !first.heard().isEmpty());
        }

        endsWithItsToken(world, Duration.ofSeconds(3));

        await().until(() -> registry.all().stream()
                .noneMatch(agent -> agent.principal().value().equals(world.client())));
    }

    // A token that ended before a slow machine had sent anything says nothing.
    private static void endsWithItsToken(World world, Duration life) {
        Instant expiry = Instant.now().plus(life);
        String token = IssuerResource.issuer().shortLivedToken(world.client(), life);
        try (Connection connection = new Connection(token).start(world.gateway())) {
            await().until(() ->
                    !connection.heard().isEmpty() || connection.end().isPresent());
            if (connection.heard().isEmpty()) {
                endsWithItsToken(world, life.multipliedBy(2));
                return;
            }
            Status end = ended(connection);

            assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(end.getDescription()).contains("expired");
            assertThat(Instant.now()).isAfterOrEqualTo(expiry.minusSeconds(1));
        }
    }

    @Test
    void aStreamEndsWhenTheGatewayNoLongerAdmitsTheAgent() {
        World world = new World("outcast", 106).create();

        try (Connection connection = as(world.client()).start(world.gateway())) {
            await().until(() -> !connection.heard().isEmpty());
            world.admit("somebody-else");

            assertThat(ended(connection).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    private static Connection as(String client) {
        return new Connection(IssuerResource.issuer().clientToken(client));
    }

    private static Status ended(Connection connection) {
        return await().until(connection::end, Optional::isPresent).orElseThrow();
    }
}
