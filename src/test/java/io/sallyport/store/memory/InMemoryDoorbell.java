package io.sallyport.store.memory;

import io.sallyport.store.Doorbell;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rings within the process. */
public final class InMemoryDoorbell implements Doorbell {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void ring() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public AutoCloseable listen(Runnable onRing) {
        listeners.add(onRing);
        return () -> listeners.remove(onRing);
    }
}
