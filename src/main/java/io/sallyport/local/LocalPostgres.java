package io.sallyport.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A real PostgreSQL on the loopback interface. Who can reach the port is trusted: there is no password. */
public final class LocalPostgres implements AutoCloseable {
    public static final String USER = "sallyport";
    public static final String DATABASE = "sallyport";

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Keeps its data in a folder. Ends a server that a killed process left running there. */
    public static LocalPostgres start(Path data, int port) {
        new LeftoverPostmaster(data).stop();
        return started(onLoopback()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                // The library would have it off: a crash then takes away what others have seen already.
                .setServerConfig("synchronous_commit", "on"));
    }

    /** On a free port, with data that is gone when it ends. */
    public static LocalPostgres temporary() {
        return started(onLoopback().setPort(Ports.free()));
    }

    private static EmbeddedPostgres.Builder onLoopback() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(STARTUP)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "");
    }

    private static LocalPostgres started(EmbeddedPostgres.Builder builder) {
        try {
            LocalPostgres postgres = new LocalPostgres(builder.start());
            postgres.createMissing("pg_roles WHERE rolname", USER, "CREATE ROLE %s LOGIN");
            postgres.createDatabase(DATABASE);
            return postgres;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes a database of this name that {@link #USER} owns, where there is none yet. */
    public void createDatabase(String name) {
        createMissing("pg_database WHERE datname", name, "CREATE DATABASE %s OWNER " + USER);
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    private void createMissing(String where, String name, String statement) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("SELECT 1 FROM " + where + " = ?");
                var create = connection.createStatement()) {
            query.setString(1, name);
            if (!query.executeQuery().next()) {
                create.execute(statement.formatted(create.enquoteIdentifier(name, true)));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Stops the server; its data stay where a folder was given. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends the server that a killed process left running on this folder, if there is one. */
    public static void stopLeftover(Path data) {
        if (Files.isDirectory(data)) {
            new LeftoverPostmaster(data).stop();
        }
    }

    /** Kills the server of this folder as a crash would. */
    public static void killLeftover(Path data) {
        new LeftoverPostmaster(data).kill();
    }
}
