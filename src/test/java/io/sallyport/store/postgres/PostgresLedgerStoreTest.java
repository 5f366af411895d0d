package io.sallyport.store.postgres;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.store.LedgerStore;
import io.sallyport.store.LedgerStoreContract;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class PostgresLedgerStoreTest extends LedgerStoreContract {
    @Inject
    PostgresLedgerStore store;

    @Override
    protected LedgerStore store() {
        return store;
    }
}
