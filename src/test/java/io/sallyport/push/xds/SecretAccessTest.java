package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which secrets an agent is given over real gRPC. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class SecretAccessTest {
    private final IssuedCertificate certificate =
            CertificateAuthority.named("gateways").server("gate.test");

    @Test
    void theGatewayThatRefersToASecretIsGivenItAndNobodyElse() {
        World owner = new World("keeper", 121).create().endTls(certificate);
        World other = new World("curious", 122).create();

        try (Connection entitled = as(owner).start(owner.gateway());
                Connection curious = as(other).start(other.gateway())) {
            entitled.asks(ResourceType.SECRET, "keeper/server");
            curious.asks(ResourceType.SECRET, "keeper/server").asks(ResourceType.SECRET, "*");

            await().untilAsserted(() -> assertThat(secrets(entitled)).containsExactly("keeper/server"));
            await().untilAsserted(() -> assertThat(curious.heard())
                    .anyMatch(response -> response.getRemovedResourcesList().contains("keeper/server")));
            assertThat(secrets(curious)).isEmpty();
        }
    }

    @Test
    void aRotatedCertificateComesAloneAndOneThatNobodyRefersToNever() {
        World owner = new World("rotating", 123).create().endTls(certificate);
        try (Connection connection = as(owner).start(owner.gateway())) {
            connection.asks(ResourceType.SECRET, "rotating/server", "rotating/unused");
            await().untilAsserted(() -> assertThat(secrets(connection)).containsExactly("rotating/server"));
            await().untilAsserted(() ->
                    assertThat(connection.typesHeard()).contains(ResourceType.LISTENER, ResourceType.ROUTES));
            connection.forget();

            owner.credential("unused", certificate)
                    .credential("server", CertificateAuthority.named("new").server("gate.test"));

            await().untilAsserted(() -> assertThat(secrets(connection)).containsExactly("rotating/server"));
            assertThat(connection.typesHeard()).doesNotContain(ResourceType.LISTENER, ResourceType.CLUSTER);
        }
    }

    private static List<String> secrets(Connection connection) {
        return connection.heard().stream()
                .filter(response -> response.getTypeUrl().equals(ResourceType.SECRET.typeUrl()))
                .flatMap(SecretAccessTest::names)
                .distinct()
                .toList();
    }

    private static Stream<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(resource -> resource.getName());
    }

    private static Connection as(World world) {
        return new Connection(IssuerResource.issuer().clientToken(world.client()));
    }
}
