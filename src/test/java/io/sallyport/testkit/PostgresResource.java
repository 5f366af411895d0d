package io.sallyport.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.local.LocalPostgres;
import java.util.Map;

/** Gives the program under test a new, empty database. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                TestDatabase.fresh(),
                "quarkus.datasource.username",
                LocalPostgres.USER,
                "quarkus.datasource.password",
                "",
                "sallyport.encryption.key",
                TestDatabase.ENCRYPTION_KEY);
    }

    @Override
    public void stop() {
        // The server goes on: the next test class takes another database of it.
    }
}
