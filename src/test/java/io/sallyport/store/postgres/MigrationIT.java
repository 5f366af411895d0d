package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import io.sallyport.local.LocalPostgres;
import io.sallyport.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows as the first version wrote them come through every later migration and mean what they meant. */
class MigrationIT {
    private static final StoredSpecs SPECS = new StoredSpecs(new Seal(""));
    private static final String URL = TestDatabase.fresh();

    @BeforeAll
    static void migrateWhatTheFirstVersionWrote() throws SQLException {
        migrateTo("1");
        try (Connection connection = connection()) {
            insertV1(connection);
        }
        migrateTo("latest");
    }

    @Test
    void everyRowOfHistoryCanBeRead() throws SQLException {
        assertThat(history()).hasSize(v1Rows().size());
    }

    @Test
    void resourcesAreWhatTheLastRevisionMadeThem() throws SQLException {
        List<Spec> lastOfEach =
                history().stream().skip(1).<Spec>map(Resource::spec).toList();

        assertThat(resources()).containsExactlyInAnyOrderElementsOf(lastOfEach);
    }

    @Test
    void whatWasNotThereMeansWhatItMeant() throws SQLException {
        List<Resource<?>> history = history();

        assertThat(specs(history, Namespace.class).getFirst().scopes().issuers())
                .isEmpty();
        assertThat(specs(history, Namespace.class).getFirst().scopes().spiffeIds())
                .hasSize(1);
        assertThat(specs(history, EgressGateway.class)).hasSize(3).allSatisfy(gateway -> {
            assertThat(gateway.conduct()).isEqualTo(Conduct.DEFAULT);
            assertThat(gateway.rollout()).isEmpty();
            assertThat(gateway.listeners())
                    .extracting(listener -> listener.name().value())
                    .containsExactly("http", "tls");
            assertThat(gateway.listeners()).noneMatch(listener -> listener.acceptsProxyProtocol());
        });
        assertThat(specs(history, Destination.class)).singleElement().satisfies(destination -> {
            assertThat(destination.settings()).isEqualTo(UpstreamSettings.DEFAULT);
            assertThat(destination.addresses()).isEmpty();
            assertThat(destination.endpoints())
                    .containsExactly(
                            new Endpoint("127.0.0.1", List.of(), 1, "", new TreeMap<>()),
                            new Endpoint("127.0.0.2", List.of(new PortNumber(9443)), 1, "", new TreeMap<>()));
        });
        assertThat(specs(history, Workload.class)).hasSize(2);
        assertThat(specs(history, EgressRule.class)).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCE);
            assertThat(rule.forwarding()).isEqualTo(Forwarding.DEFAULT);
            assertThat(rule.validity().passed()).isEqualTo(Validity.Passed.NONE);
            assertThat(rule.to())
                    .containsExactly(Target.of(ResourceName.of("shop", "billing"), List.of(new PortNumber(443))));
        });
    }

    private static <S extends Spec> List<S> specs(List<Resource<?>> history, Class<S> type) {
        return history.stream()
                .map(Resource::spec)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<Resource<?>> history() throws SQLException {
        List<Resource<?>> found = new ArrayList<>();
        try (Connection connection = connection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT kind, namespace, name, revision, resource FROM history ORDER BY revision")) {
            while (rows.next()) {
                ResourceKey key = ResourceKey.of(
                        Kind.ofDocumentName(rows.getString(1)).orElseThrow(), rows.getString(2), rows.getString(3));
                found.add(StoredResource.read(key, rows.getLong(4), rows.getString(5), SPECS));
            }
        }
        return found;
    }

    private static List<Spec> resources() throws SQLException {
        List<Spec> found = new ArrayList<>();
        try (Connection connection = connection();
                var rows = connection.createStatement().executeQuery("SELECT kind, spec FROM resources")) {
            while (rows.next()) {
                Kind kind = Kind.ofDocumentName(rows.getString(1)).orElseThrow();
                found.add(StoredJson.read(rows.getString(2), StoredJson.specOf(kind)));
            }
        }
        return found;
    }

    private static void insertV1(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO revisions VALUES (?, now(), 'ann', '', '');
                INSERT INTO history VALUES (?, 0, ?, 'shop', ?, ?::jsonb);
                INSERT INTO resources
                    SELECT kind, namespace, name, (resource ->> 'uid')::uuid, resource -> 'labels',
                        resource -> 'annotations', resource -> 'spec', 1, revision, now(), 'ann', now(), 'ann'
                    FROM history WHERE revision = ?
                    ON CONFLICT (kind, namespace, name) DO UPDATE SET spec = excluded.spec, revision = excluded.revision;
                """)) {
            List<String> rows = v1Rows();
            for (int index = 0; index < rows.size(); index++) {
                String[] parts = rows.get(index).split("\t", 3);
                insert.setLong(1, index + 1);
                insert.setLong(2, index + 1);
                insert.setString(3, parts[0]);
                insert.setString(4, parts[1]);
                insert.setString(5, parts[2]);
                insert.setLong(6, index + 1);
                insert.execute();
            }
        }
    }

    /** Kind, name and the whole resource, as the first version wrote them; by revision. */
    private static List<String> v1Rows() {
        try (InputStream rows = MigrationIT.class.getResourceAsStream("/migration/v1-history.tsv")) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void migrateTo(String version) {
        Flyway.configure()
                .dataSource(URL, LocalPostgres.USER, "")
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(URL, LocalPostgres.USER, "");
    }
}
