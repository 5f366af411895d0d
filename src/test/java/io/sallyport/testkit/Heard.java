package io.sallyport.testkit;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What came on a stream, and how it ended. */
public final class Heard<R> implements StreamObserver<R> {
    private final List<R> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    public List<R> messages() {
        return List.copyOf(messages);
    }

    public boolean isOver() {
        return end.isDone();
    }

    /** Waits for it. */
    public Status end() {
        return end.orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void onNext(R message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable error) {
        end.complete(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
