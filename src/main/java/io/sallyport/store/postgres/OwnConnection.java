package io.sallyport.store.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Connections outside of the pool, for who keeps one for good. */
@Singleton
final class OwnConnection {
    private static final String CONNECT_SECONDS = "2";

    private final String url;
    private final Properties properties = new Properties();

    @Inject
    OwnConnection(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.url = url;
        properties.setProperty("user", user);
        properties.setProperty("password", password.orElse(""));
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "sallyport-doorbell");
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }
}
