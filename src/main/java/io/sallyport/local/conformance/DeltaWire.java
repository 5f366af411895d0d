package io.sallyport.local.conformance;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The incremental manner. {@code this} guards what goes out. */
final class DeltaWire implements Wire {
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final Saying node;
    private boolean isClosed;

    DeltaWire(Channel channel, Service service, Saying node, StreamObserver<Heard> heard) {
        this.node = node;
        this.requests = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(service.delta(), CallOptions.DEFAULT),
                new MappedObserver<DeltaDiscoveryResponse>(DeltaWire::heard, heard));
    }

    private static Heard heard(DeltaDiscoveryResponse response) {
        return new Heard(
                response.getTypeUrl(),
                response.getNonce(),
                "",
                response.getResourcesList().stream().map(DeltaWire::item).toList(),
                Set.copyOf(response.getRemovedResourcesList()),
                response.getResourceErrorsList().stream()
                        .filter(error -> error.getErrorDetail().getCode() == Code.NOT_FOUND_VALUE)
                        .map(error -> error.getResourceName().getName())
                        .collect(Collectors.toUnmodifiableSet()),
                response.getSerializedSize());
    }

    private static Heard.Item item(Resource resource) {
        return new Heard.Item(resource.getName(), resource.getVersion(), resource.getResource(), resource.hasTtl());
    }

    @Override
    public void askForAll(String typeUrl) {
        change(typeUrl, List.of(), List.of(), "");
    }

    @Override
    public void change(String typeUrl, Collection<String> added, Collection<String> dropped, String nonce) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(typeUrl)
                .addAllResourceNamesSubscribe(added)
                .addAllResourceNamesUnsubscribe(dropped)
                .setResponseNonce(nonce));
    }

    @Override
    public void resume(String typeUrl, Collection<String> names, Memory.OfType memory) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(typeUrl)
                .addAllResourceNamesSubscribe(names)
                .putAllInitialResourceVersions(memory.versions()));
    }

    @Override
    public void answer(Heard heard, Optional<String> refusal, Collection<String> added) {
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(heard.typeUrl())
                .setResponseNonce(heard.nonce())
                .addAllResourceNamesSubscribe(added);
        refusal.ifPresent(
                reason -> answer.setErrorDetail(Status.newBuilder().setCode(13).setMessage(reason)));
        send(answer);
    }

    @Override
    public boolean isWhole(String typeUrl) {
        return false;
    }

    private synchronized void send(DeltaDiscoveryRequest.Builder request) {
        node.next().ifPresent(request::setNode);
        // An answer may be on its way when its client leaves.
        if (!isClosed) {
            requests.onNext(request.build());
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            requests.onCompleted();
        }
    }
}
