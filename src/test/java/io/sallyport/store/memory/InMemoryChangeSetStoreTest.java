package io.sallyport.store.memory;

import io.sallyport.store.ChangeSetStore;
import io.sallyport.store.ChangeSetStoreContract;
import io.sallyport.store.PolicyStore;

class InMemoryChangeSetStoreTest extends ChangeSetStoreContract {
    private final InMemoryPolicyStore store = new InMemoryPolicyStore();

    @Override
    protected ChangeSetStore drafts() {
        return store.drafts();
    }

    @Override
    protected PolicyStore store() {
        return store;
    }
}
