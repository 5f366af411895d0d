package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.Revision;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.StoppablePostgresResource;
import io.sallyport.usecase.ApplyDocuments;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A gateway that is told to lapse refuses by itself once nobody tells it that its policy holds, and recovers. */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(StoppablePostgresResource.class)
@WithTestResource(IssuerResource.class)
class LapseIT {
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(30);
    // What a probe that is late, and Envoy's own timer, may add.
    private static final Duration LATENESS = Duration.ofSeconds(3);

    @Inject
    ApplyDocuments applyDocuments;

    @Inject
    AgentRegistry registry;

    @Test
    void aGatewayThatIsCutOffLapsesAndRecovers() {
        try (NearGate gate = new NearGate(applyDocuments)) {
            gate.write(gate.gateway().lapsingAfter(AFTER), NearGate.rule());
            awaitOpen(gate);
            long reloads = reloads(gate);
            await().during(AFTER.multipliedBy(2)).atMost(SOON).until(() -> isOpen(gate));
            assertThat(reloads(gate)).isEqualTo(reloads);
            assertThat(refused(gate)).isZero();

            gate.wire().cut();
            assertThat(until(() -> !gate.isOpenToHttp())).isBetween(AFTER.dividedBy(2), AFTER.plus(LATENESS));
            assertThat(gate.isOpenToTls()).isFalse();
            gate.wire().mend();
            awaitOpen(gate);

            stopAndStartDatabase(gate);
            assertThat(refused(gate)).isZero();

            gate.write(gate.gateway().lapsingAfter(AFTER.multipliedBy(2)));
            await().during(AFTER.multipliedBy(2)).atMost(SOON).until(() -> isOpen(gate));
            Revision kept = gate.write(gate.gateway());
            await().atMost(SOON)
                    .until(() ->
                            registry.all().stream().noneMatch(agent -> kept.isAfter(agent.acknowledgedRevision())));
            gate.wire().cut();
            await().during(AFTER.multipliedBy(3)).atMost(SOON).until(() -> isOpen(gate));
            assertThat(refused(gate)).isZero();
        }
    }

    private static void stopAndStartDatabase(NearGate gate) {
        Path data = Path.of(ConfigProvider.getConfig().getValue(StoppablePostgresResource.FOLDER, String.class));
        int port = ConfigProvider.getConfig().getValue(StoppablePostgresResource.PORT, Integer.class);
        StoppablePostgresResource.stopServer();
        assertThat(until(() -> !gate.isOpenToHttp())).isLessThan(AFTER.plus(LATENESS));
        assertThat(gate.isOpenToTls()).isFalse();
        StoppablePostgresResource.startServer(data, port);
        awaitOpen(gate);
    }

    private static void awaitOpen(NearGate gate) {
        await().atMost(SOON).until(() -> isOpen(gate));
    }

    private static boolean isOpen(NearGate gate) {
        return gate.isOpenToHttp() && gate.isOpenToTls();
    }

    private static Duration until(Callable<Boolean> condition) {
        Instant began = Instant.now();
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(condition);
        return Duration.between(began, Instant.now());
    }

    private static long reloads(NearGate gate) {
        return gate.stat(".*extension_config_discovery.*config_reload");
    }

    private static long refused(NearGate gate) {
        return gate.stat(".*update_rejected");
    }
}
