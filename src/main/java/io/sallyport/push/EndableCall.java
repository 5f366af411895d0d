package io.sallyport.push;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call that can be ended beside its service. {@code this} guards {@code closed}: nothing is sent after the end. */
final class EndableCall<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
    private boolean closed;
    private Runnable afterwards = () -> {};

    EndableCall(ServerCall<Q, R> call) {
        super(call);
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
