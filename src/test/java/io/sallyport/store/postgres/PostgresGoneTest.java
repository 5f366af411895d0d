package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.Samples;
import io.sallyport.testkit.StoppablePostgresResource;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StoppablePostgresResource.class)
class PostgresGoneTest {
    @Inject
    PolicyStore store;

    @Inject
    Doorbell doorbell;

    @Inject
    FollowHead followHead;

    @Inject
    CurrentState current;

    @Test
    void writesFailFastReadsGoOnAndAllIsWellWhenItIsBack() {
        Path data = Path.of(ConfigProvider.getConfig().getValue(StoppablePostgresResource.FOLDER, String.class));
        int port = ConfigProvider.getConfig().getValue(StoppablePostgresResource.PORT, Integer.class);
        Revision first = write();
        assertThat(followHead.awaitRevision(first, Patience.LONG)).isTrue();
        StoppablePostgresResource.stopServer();

        long began = System.nanoTime();
        FailureException refused = catchThrowableOfType(FailureException.class, this::write);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(refused.failure()).isInstanceOf(Failure.Unavailable.class);
        await().until(() -> !followHead.staleFor().isZero());
        assertThat(current.get().revision()).isEqualTo(first);

        StoppablePostgresResource.startServer(data, port);
        await().until(() -> followHead.staleFor().isZero());
        Revision second = write();
        assertThat(second).isEqualTo(first.next());
        assertThat(followHead.awaitRevision(second, Patience.LONG)).isTrue();
    }

    private Revision write() {
        Revision written = store.write(tx -> tx.append(
                        Samples.NOW,
                        "ann",
                        "",
                        List.of(Samples.put(
                                tx.head().next().number(), "shop", "billing", Samples.destination("a.example")))))
                .revision();
        doorbell.ring();
        return written;
    }
}
