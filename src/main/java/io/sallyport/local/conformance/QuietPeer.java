package io.sallyport.local.conformance;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A client that accepts all it hears, and keeps nothing of it but how much it was. */
final class QuietPeer implements AutoCloseable {
    private final AtomicReference<StreamObserver<DeltaDiscoveryRequest>> requests = new AtomicReference<>();
    private final LongAdder responses = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** Says the first requests as they are; {@code onResponse} may look at each answer. */
    QuietPeer(Channel channel, List<DeltaDiscoveryRequest> first, Consumer<DeltaDiscoveryResponse> onResponse) {
        StreamObserver<DeltaDiscoveryRequest> opened = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(Service.AGGREGATED.delta(), CallOptions.DEFAULT), new Accepting(onResponse));
        requests.set(opened);
        synchronized (this) {
            first.forEach(opened::onNext);
        }
    }

    long responses() {
        return responses.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    void asksAndDrops(String typeUrl, List<String> names) {
        say(DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesSubscribe(names));
        say(DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesUnsubscribe(names));
    }

    private void accept(DeltaDiscoveryResponse response) {
        say(DeltaDiscoveryRequest.newBuilder().setTypeUrl(response.getTypeUrl()).setResponseNonce(response.getNonce()));
    }

    private synchronized void say(DeltaDiscoveryRequest.Builder request) {
        requests.get().onNext(request.build());
    }

    @Override
    public synchronized void close() {
        requests.get().onCompleted();
    }

    private final class Accepting implements StreamObserver<DeltaDiscoveryResponse> {
        private final Consumer<DeltaDiscoveryResponse> onResponse;

        Accepting(Consumer<DeltaDiscoveryResponse> onResponse) {
            this.onResponse = onResponse;
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            bytes.add(response.getSerializedSize());
            onResponse.accept(response);
            accept(response);
            responses.increment();
        }

        // Its stream ends with the server; what it counted stays.
        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {}
    }
}
