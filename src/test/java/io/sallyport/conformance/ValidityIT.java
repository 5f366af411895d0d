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
    private static final Duration UNTIL_END = Duration.ofSeconds(14);

    @Inject
    ApplyDocuments applyDocuments;

    @Inject
    PolicyStore store;

    private NearGate gate;

    @BeforeEach
    void open() {
        gate = new NearGate(applyDocuments);
        gate.write(NearGate.rule());
        await().until(() -> gate.isOpenToHttp() && gate.isOpenToTls());
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void aRuleStartsAndStopsOnTimeAndBothAreRevisionsOfTheSystem() {
        Instant now = Instant.now();
        Revision written = gate.write(NearGate.rule().between(now.plus(UNTIL_START), now.plus(UNTIL_END)));

        await().until(() -> !gate.isOpenToHttp() && !gate.isOpenToTls());
        holdsBetween(now.plus(UNTIL_START), now.plus(UNTIL_END));

        List<RevisionRecord> recorded =
                await().until(() -> store.revisionsAfter(written, 10), news -> news.size() == 2);
        assertThat(recorded).extracting(RevisionRecord::author).containsOnly("sallyport");
        assertThat(recorded.getFirst().message()).contains("shop/checkout-to-billing began");
        assertThat(recorded.getLast().message()).contains("shop/checkout-to-billing expired");
        assertThat(Duration.between(now.plus(UNTIL_START), recorded.getFirst().at()))
                .isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(gate.stat(".*update_rejected")).isZero();
    }

    @Test
    void aRuleStartsAndStopsOnTimeWhileTheControlPlaneIsAway() {
        Instant now = Instant.now();
        gate.write(NearGate.rule().between(now.plus(UNTIL_START), now.plus(UNTIL_END)));
        await().until(() -> !gate.isOpenToHttp() && !gate.isOpenToTls());

        gate.wire().cut();

        holdsBetween(now.plus(UNTIL_START), now.plus(UNTIL_END));
    }

    private void holdsBetween(Instant start, Instant end) {
        await().until(() -> gate.isOpenToHttp() && gate.isOpenToTls());
        assertThat(Instant.now()).isAfterOrEqualTo(start);
        await().until(() -> !gate.isOpenToHttp() && !gate.isOpenToTls());
        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }
}
