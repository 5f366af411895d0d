package io.sallyport.testkit;

import io.sallyport.local.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;

/** Databases of one PostgreSQL that serves all tests of this process and ends with it. */
public final class TestDatabase {
    // Tests of several class loaders share the process, so the server is remembered outside of any class.
    private static final String SERVER = "sallyport.test.postgres";

    /** 32 bytes in Base64, with which tests encrypt credentials. */
    public static final String ENCRYPTION_KEY =
            Base64.getEncoder().encodeToString("an encryption key for tests only".getBytes(StandardCharsets.US_ASCII));

    private TestDatabase() {}

    /** The JDBC URL of a new, empty database. */
    public static String fresh() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        String server = server();
        try (var connection = DriverManager.getConnection(server + "postgres", "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + LocalPostgres.USER);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return server + name;
    }

    private static String server() {
        return (String) System.getProperties()
                .computeIfAbsent(SERVER, ignored -> LocalPostgres.temporary().jdbcUrl(""));
    }
}
