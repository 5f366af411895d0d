package io.sallyport.store.postgres;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.store.RolloutStore;
import io.sallyport.store.RolloutStoreContract;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class PostgresRolloutStoreTest extends RolloutStoreContract {
    @Inject
    PostgresRolloutStore store;

    @Override
    protected RolloutStore store() {
        return store;
    }
}
