package io.sallyport.store.postgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.domain.DesiredState;
import io.sallyport.local.Ports;
import io.sallyport.store.RolloutsInHand;
import io.sallyport.testkit.ExampleState;
import io.sallyport.testkit.StoppablePostgresResource;
import io.sallyport.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A place for a PostgreSQL that the test starts later, as {@link StoppablePostgresResource} does, and the quick start's
 * state on disk.
 */
public final class NoPostgresAtStartResource implements QuarkusTestResourceLifecycleManager {
    static final Duration AGE = Duration.ofMinutes(2);

    @Override
    public Map<String, String> start() {
        int port = Ports.free();
        Path folder = temporaryFolder();
        DesiredState state = ExampleState.of("quickstart").read(UnaryOperator.identity());
        new BundleFile(folder.toString(), Duration.ofHours(1), "test", new Seal(TestDatabase.ENCRYPTION_KEY))
                .keep(
                        state,
                        RolloutsInHand.none(state.revision()),
                        Instant.now().minus(AGE));
        Map<String, String> settings = new HashMap<>();
        settings.put(
                StoppablePostgresResource.FOLDER, folder.resolve("postgres").toString());
        settings.put(StoppablePostgresResource.PORT, Integer.toString(port));
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/sallyport");
        settings.put("quarkus.datasource.username", "sallyport");
        settings.put("quarkus.datasource.password", "");
        settings.put("sallyport.encryption.key", TestDatabase.ENCRYPTION_KEY);
        settings.put("sallyport.bundle.folder", folder.toString());
        settings.put("sallyport.bundle.deployment", "test");
        // As the packaged program does, and other tests do not.
        settings.put("quarkus.flyway.migrate-at-start", "false");
        settings.put("quarkus.hibernate-orm.database.start-offline", "true");
        settings.put("quarkus.hibernate-orm.schema-management.strategy", "none");
        return settings;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sallyport-outage");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        StoppablePostgresResource.stopServer();
    }
}
