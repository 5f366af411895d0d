package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.store.PolicyStore;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.usecase.ApplyDocuments;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule starts and stops on time at a real Envoy, and the control plane writes down that it did. */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class ValidityIT {
    private static final Duration UNTIL_START = Duration.ofSeconds(8);
    private static final Duration LONG = Duration.ofSeconds(6);

    @Inject
    ApplyDocuments applyDocuments;

    @Inject
    PolicyStore store;

    private NearGate gate;
    private NearGate alone;

    @BeforeEach
    void open() {
        gate = new NearGate(applyDocuments);
        alone = new NearGate("alone", applyDocuments);
        gate.write(gate.rule(), alone.rule());
        await().until(() -> gate.isOpen() && alone.isOpen());
    }

    @AfterEach
    void close() {
        gate.close();
        alone.close();
    }

    // Both gateways in one, for it is the time that passes that takes long.
    @Test
    void aRuleStartsAndStopsOnTimeAlsoWhileTheControlPlaneIsAwayAndBothAreRevisionsOfTheSystem() {
        Instant start = Instant.now().plus(UNTIL_START);
        Instant end = start.plus(LONG);
        Revision written =
                gate.write(gate.rule().between(start, end), alone.rule().between(start, end));
        await().until(() -> gate.isClosed() && alone.isClosed());

        alone.wire().cut();

        await().until(() -> !gate.isClosed() || !alone.isClosed());
        assertThat(Instant.now()).isAfterOrEqualTo(start);
        await().until(() -> gate.isOpen() && alone.isOpen());
        await().until(() -> !gate.isOpen() || !alone.isOpen());
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        await().until(() -> gate.isClosed() && alone.isClosed());

        List<RevisionRecord> recorded =
                await().until(() -> store.revisionsAfter(written, 10), news -> news.size() == 2);
        assertThat(recorded).extracting(RevisionRecord::author).containsOnly("sallyport");
        assertThat(recorded.getFirst().message())
                .contains("shop/checkout-by-internet began", "shop/checkout-by-alone began");
        assertThat(recorded.getLast().message())
                .contains("shop/checkout-by-internet expired", "shop/checkout-by-alone expired");
        assertThat(Duration.between(start, recorded.getFirst().at())).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(gate.stat(".*update_rejected")).isZero();
    }
}
