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
    private static final Duration AFTER = Duration.ofSeconds(4);
    private static final Duration LONGER = AFTER.plusSeconds(1);
    // What a machine that has much else to do may add.
    private static final Duration LATENESS = Duration.ofSeconds(20);

    @Inject
    ApplyDocuments applyDocuments;

    @Inject
    AgentRegistry registry;

    @Test
    void aGatewayThatIsCutOffLapsesAndRecovers() {
        try (NearGate gate = new NearGate(applyDocuments)) {
            gate.write(gate.gateway().lapsingAfter(AFTER), gate.rule());
            awaitOpen(gate);
            long reloads = reloads(gate);
            await().during(LONGER).until(() -> isOpen(gate));
            assertThat(reloads(gate)).isEqualTo(reloads);
            assertThat(refused(gate)).isZero();

            gate.wire().cut();
            assertThat(until(() -> !gate.isOpenToHttp())).isBetween(AFTER.dividedBy(4), AFTER.plus(LATENESS));
            assertThat(gate.isOpenToTls()).isFalse();
            gate.wire().mend();
            awaitOpen(gate);

            stopAndStartDatabase(gate);
            assertThat(refused(gate)).isZero();

            gate.write(gate.gateway().lapsingAfter(LONGER));
            await().during(LONGER.plusSeconds(1)).until(() -> isOpen(gate));
            Revision kept = gate.write(gate.gateway());
            await().until(() -> registry.all().stream().noneMatch(agent -> kept.isAfter(agent.acknowledgedRevision())));
            gate.wire().cut();
            await().during(LONGER.multipliedBy(2)).until(() -> isOpen(gate));
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
        await().until(() -> isOpen(gate));
    }

    private static boolean isOpen(NearGate gate) {
        return gate.isOpen();
    }

    private static Duration until(Callable<Boolean> condition) {
        Instant began = Instant.now();
        await().pollInterval(Duration.ofMillis(50)).until(condition);
        return Duration.between(began, Instant.now());
    }

    private static long reloads(NearGate gate) {
        return gate.stat(".*extension_config_discovery.*config_reload");
    }

    private static long refused(NearGate gate) {
        return gate.stat(".*update_rejected");
    }
}
