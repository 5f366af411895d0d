package io.sallyport.push;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Consumer;

/** A call that can be ended beside its service. {@code this} guards {@code closed}: nothing is sent after the end. */
final class EndableCall<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
    private final Consumer<Status> told;
    private boolean closed;
    private Runnable afterwards = () -> {};

    /** @param told how it ended, where it is the server that ends it */
    EndableCall(ServerCall<Q, R> call, Consumer<Status> told) {
        super(call);
        this.told = told;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!closed) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(R message) {
        if (!closed) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!closed) {
            closed = true;
            super.close(status, trailers);
            told.accept(status);
            afterwards.run();
        }
    }

    /** Whether it was this that ended it. */
    synchronized boolean end(Status status) {
        boolean ends = !closed;
        close(status, new Metadata());
        return ends;
    }

    synchronized void whenClosed(Runnable action) {
        if (closed) {
            action.run();
        } else {
            afterwards = action;
        }
    }
}
