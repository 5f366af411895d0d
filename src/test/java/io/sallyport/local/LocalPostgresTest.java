package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    @TempDir
    private Path folder;

    @Test
    void dataOutliveTheServer() throws Exception {
        int port = Ports.free();
        try (var postgres = LocalPostgres.start(folder.resolve("data"), port)) {
            execute(postgres.jdbcUrl(), "CREATE TABLE kept AS SELECT 1");
        }
        assertThatThrownBy(() -> execute("jdbc:postgresql://127.0.0.1:" + port + "/sallyport", "SELECT 1"))
                .isInstanceOf(SQLException.class);

        try (var postgres = LocalPostgres.start(folder.resolve("data"), port)) {
            assertThat(postgres.port()).isEqualTo(port);
            execute(postgres.jdbcUrl(), "INSERT INTO kept VALUES (2)");
        }
    }

    @Test
    void aServerThatIsLeftOverIsEnded() throws Exception {
        LocalPostgres forgotten = LocalPostgres.start(folder.resolve("data"), Ports.free());
        LocalPostgres.stopLeftover(folder.resolve("data"));

        assertThatThrownBy(() -> execute(forgotten.jdbcUrl(), "SELECT 1")).isInstanceOf(SQLException.class);
    }

    private static void execute(String url, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url, LocalPostgres.USER, "");
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }
}
