package io.sallyport.store.postgres;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.domain.Change;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.store.PolicyStore;
import io.sallyport.testkit.CredentialBuilder;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.Samples;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class SecretsAtRestTest {
    @Inject
    AgroalDataSource database;

    @Inject
    PolicyStore store;

    @Test
    void noTableHoldsTheSecretAndItIsReadBackAllTheSame() {
        IssuedCertificate certificate = CertificateAuthority.named("corp").server("gate.example");
        Credential token = spec(aCredential("edge/proxy").token("Basic aHVudGVyMg=="));
        Credential server = spec(aCredential("edge/server").certificate(certificate));
        Revision before = store.head();

        store.write(tx -> append(tx.head().next(), List.of("proxy", "server"), List.of(token, server), tx::append));

        assertThat(everything())
                .contains("proxy", "server", "TOKEN")
                .doesNotContain("aHVudGVyMg")
                .doesNotContain(
                        certificate.privateKey().lines().skip(1).findFirst().orElseThrow())
                .doesNotContain("BEGIN");
        assertThat(specs(store.revisionsAfter(before, 1).getFirst())).containsExactly(token, server);
        assertThat(store.load().credentials().stream().map(Resource::spec)).contains(token, server);
    }

    @Test
    void withoutAKeyNoCredentialIsWritten() {
        PolicyStore unequipped = new PostgresPolicyStore(new StoredSpecs(new Seal("")));
        Revision before = store.head();
        Credential token = spec(aCredential("edge/refused").token("hunter2"));

        assertThatThrownBy(() -> unequipped.write(
                        tx -> append(tx.head().next(), List.of("refused"), List.of(token), tx::append)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure())
                                .isInstanceOfSatisfying(
                                        Failure.Unequipped.class,
                                        failure -> assertThat(failure.detail())
                                                .contains("SALLYPORT_ENCRYPTION_KEY")
                                                .doesNotContain("hunter2")));
        assertThat(store.head()).isEqualTo(before);
    }

    @Test
    void aSecretPrintsAsNothing() {
        Credential token = spec(aCredential("edge/proxy").token("hunter2"));

        assertThat(token.toString() + Samples.put(1, "edge", "proxy", token)).doesNotContain("hunter2");
    }

    private static Credential spec(CredentialBuilder builder) {
        return builder.build().spec();
    }

    private static RevisionRecord append(
            Revision next, List<String> names, List<Credential> credentials, Append append) {
        List<Change> changes = IntStream.range(0, names.size())
                .mapToObj(index -> Samples.put(next.number(), "edge", names.get(index), credentials.get(index)))
                .toList();
        return append.append(Samples.NOW, "ann", "", changes);
    }

    private interface Append {
        RevisionRecord append(Instant at, String author, String message, List<Change> changes);
    }

    private static List<Object> specs(RevisionRecord record) {
        return record.changes().stream()
                .<Object>map(change -> ((Change.Put) change).resource().spec())
                .toList();
    }

    /** Every row of every table, as text. */
    private String everything() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            StringBuilder all = new StringBuilder();
            for (String table : List.of("resources", "history", "revisions", "head")) {
                var rows = statement.executeQuery("SELECT row_to_json(t)::text FROM " + table + " t");
                while (rows.next()) {
                    all.append(rows.getString(1)).append('\n');
                }
            }
            return all.toString();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
