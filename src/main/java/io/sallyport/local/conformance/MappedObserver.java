package io.sallyport.local.conformance;

import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Hands on what comes in other words. */
record MappedObserver<R>(Function<R, Heard> words, StreamObserver<Heard> next) implements StreamObserver<R> {
    @Override
    public void onNext(R response) {
        next.onNext(words.apply(response));
    }

    @Override
    public void onError(Throwable error) {
        next.onError(error);
    }

    @Override
    public void onCompleted() {
        next.onCompleted();
    }
}
