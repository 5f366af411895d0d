package io.sallyport.store.memory;

import io.sallyport.store.RolloutStore;
import io.sallyport.store.RolloutStoreContract;

class InMemoryRolloutStoreTest extends RolloutStoreContract {
    private final RolloutStore store = new InMemoryRolloutStore();

    @Override
    protected RolloutStore store() {
        return store;
    }
}
