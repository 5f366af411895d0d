package io.sallyport.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.local.LocalPostgres;
import io.sallyport.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Gives the program under test a PostgreSQL of its own, which the test may stop and start again. */
public final class StoppablePostgresResource implements QuarkusTestResourceLifecycleManager {
    public static final String FOLDER = "test.postgres.folder";
    public static final String PORT = "test.postgres.port";

    private static final String RUNNING = "sallyport.test.postgres.stoppable";

    @Override
    public Map<String, String> start() {
        Path data = temporaryFolder().resolve("data");
        int port = Ports.free();
        return Map.of(
                FOLDER,
                data.toString(),
                PORT,
                Integer.toString(port),
                "quarkus.datasource.jdbc.url",
                startServer(data, port),
                "quarkus.datasource.username",
                LocalPostgres.USER,
                "quarkus.datasource.password",
                "",
                "sallyport.encryption.key",
                TestDatabase.ENCRYPTION_KEY);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sallyport-postgres");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        stopServer();
    }

    public static String startServer(Path data, int port) {
        LocalPostgres postgres = LocalPostgres.start(data, port);
        // The resource and the test have class loaders of their own, so what runs is remembered by a thread.
        Thread.ofPlatform().name(RUNNING).daemon().start(() -> closeWhenInterrupted(postgres));
        return postgres.jdbcUrl();
    }

    public static void stopServer() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(RUNNING)) {
                thread.interrupt();
                joined(thread);
            }
        }
    }

    private static void closeWhenInterrupted(LocalPostgres running) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            running.close();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
