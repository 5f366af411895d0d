package io.sallyport.push;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a call before it is known who handles it. {@code this} guards all. Nothing is asked of the client
 * meanwhile, so there is little to keep.
 */
final class PendingListener<Q> extends ServerCall.Listener<Q> {
    private final List<Consumer<ServerCall.Listener<Q>>> waiting = new ArrayList<>();
    private ServerCall.@Nullable Listener<Q> handler;
    private boolean over;
    private Runnable afterwards = () -> {};

    synchronized void become(ServerCall.Listener<Q> known) {
        handler = known;
        waiting.forEach(event -> event.accept(known));
        waiting.clear();
    }

    synchronized void whenOver(Runnable action) {
        if (over) {
            action.run();
        } else {
            afterwards = action;
        }
    }

    @Override
    public void onMessage(Q message) {
        tell(listener -> listener.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        tell(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onReady() {
        tell(ServerCall.Listener::onReady);
    }

    @Override
    public void onCancel() {
        end(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        end(ServerCall.Listener::onComplete);
    }

    private synchronized void end(Consumer<ServerCall.Listener<Q>> event) {
        if (!over) {
            tell(event);
            over = true;
            afterwards.run();
        }
    }

    private synchronized void tell(Consumer<ServerCall.Listener<Q>> event) {
        if (over) {
            return;
        }
        if (handler == null) {
            waiting.add(event);
        } else {
            event.accept(handler);
        }
    }
}
