package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.PolicyStoreContract;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.Samples;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class PostgresPolicyStoreTest extends PolicyStoreContract {
    @Inject
    AgroalDataSource database;

    @Inject
    PolicyStore store;

    @Inject
    StoredSpecs specs;

    @Inject
    Doorbell doorbell;

    @Override
    protected PolicyStore emptyStore() {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            // In the order in which readers lock them, who would wait for each other with this otherwise.
            statement.execute("TRUNCATE revisions, history, resources, confirmations");
            statement.execute("UPDATE head SET revision = 0, hash = ''");
            return store;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    protected Doorbell doorbell() {
        return doorbell;
    }

    @Test
    void theHashCanBeComputedAgainFromWhatIsStored() {
        store.write(tx -> tx.append(
                Samples.NOW, "ann", "", List.of(Samples.put(1, "shop", "billing", Samples.destination("a.example")))));
        store.write(tx -> tx.append(
                Samples.NOW,
                "bob",
                "",
                List.of(Samples.put(2, "shop", "shop", Samples.specs().getLast()))));

        String previous = "";
        for (RevisionRecord record : store.revisionsAfter(Revision.NONE, 10)) {
            List<StoredChange> stored = record.changes().stream()
                    .map(change -> StoredChange.of(change, specs))
                    .toList();
            assertThat(HashChain.sealed(previous, record, stored)).isEqualTo(record);
            previous = record.hash();
        }
    }
}
