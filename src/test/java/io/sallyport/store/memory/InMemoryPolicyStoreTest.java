package io.sallyport.store.memory;

import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.PolicyStoreContract;

class InMemoryPolicyStoreTest extends PolicyStoreContract {

    @Override
    protected PolicyStore emptyStore() {
        return new InMemoryPolicyStore();
    }

    @Override
    protected Doorbell doorbell() {
        return new InMemoryDoorbell();
    }
}
