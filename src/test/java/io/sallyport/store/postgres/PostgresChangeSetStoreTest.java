package io.sallyport.store.postgres;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.store.ChangeSetStore;
import io.sallyport.store.ChangeSetStoreContract;
import io.sallyport.store.PolicyStore;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class PostgresChangeSetStoreTest extends ChangeSetStoreContract {
    @Inject
    ChangeSetStore drafts;

    @Inject
    PolicyStore store;

    @Override
    protected ChangeSetStore drafts() {
        return drafts;
    }

    @Override
    protected PolicyStore store() {
        return store;
    }
}
