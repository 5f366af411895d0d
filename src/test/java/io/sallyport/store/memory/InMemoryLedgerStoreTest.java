package io.sallyport.store.memory;

import io.sallyport.store.LedgerStore;
import io.sallyport.store.LedgerStoreContract;
import java.time.InstantSource;

class InMemoryLedgerStoreTest extends LedgerStoreContract {
    private final LedgerStore store = new InMemoryLedgerStore(InstantSource.system());

    @Override
    protected LedgerStore store() {
        return store;
    }
}
