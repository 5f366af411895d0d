package io.sallyport.local.conformance;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The manner of the state of the world. {@code this} guards its fields and what goes out. */
final class StateWire implements Wire {
    private final StreamObserver<DiscoveryRequest> requests;
    private final Map<String, SortedSet<String>> asked = new HashMap<>();
    private final Map<String, String> accepted = new HashMap<>();
    private final Map<String, String> lastNonce = new HashMap<>();
    private final Saying node;
    private boolean isClosed;

    StateWire(Channel channel, Service service, Saying node, StreamObserver<Heard> heard) {
        this.node = node;
        this.requests = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(service.state(), CallOptions.DEFAULT),
                new MappedObserver<DiscoveryResponse>(this::heard, heard));
    }

    private synchronized Heard heard(DiscoveryResponse response) {
        lastNonce.put(response.getTypeUrl(), response.getNonce());
        List<Heard.Item> items = response.getResourcesList().stream()
                .map(body -> new Heard.Item(SampleResource.name(body), response.getVersionInfo(), body, false))
                .toList();
        return new Heard(
                response.getTypeUrl(),
                response.getNonce(),
                response.getVersionInfo(),
                items,
                Set.of(),
                Set.of(),
                response.getSerializedSize());
    }

    @Override
    public void askForAll(String typeUrl) {
        send(typeUrl, "", Optional.empty());
    }

    @Override
    public synchronized void change(
            String typeUrl, Collection<String> added, Collection<String> dropped, String nonce) {
        names(typeUrl).removeAll(new LinkedHashSet<>(dropped));
        names(typeUrl).addAll(added);
        send(typeUrl, nonce.isEmpty() ? lastNonce.getOrDefault(typeUrl, "") : nonce, Optional.empty());
    }

    private SortedSet<String> names(String typeUrl) {
        return asked.computeIfAbsent(typeUrl, ignored -> new TreeSet<>());
    }

    @Override
    public synchronized void resume(String typeUrl, Collection<String> names, Memory.OfType memory) {
        names(typeUrl).addAll(names);
        accepted.put(typeUrl, memory.last());
        send(typeUrl, "", Optional.empty());
    }

    @Override
    public synchronized void answer(Heard heard, Optional<String> refusal, Collection<String> added) {
        names(heard.typeUrl()).addAll(added);
        if (refusal.isEmpty() && !heard.version().isEmpty()) {
            accepted.put(heard.typeUrl(), heard.version());
        }
        send(heard.typeUrl(), heard.nonce(), refusal);
    }

    @Override
    public boolean isWhole(String typeUrl) {
        return ResourceType.ofTypeUrl(typeUrl).filter(Stage.WHOLE::contains).isPresent();
    }

    private synchronized void send(String typeUrl, String nonce, Optional<String> refusal) {
        DiscoveryRequest.Builder request = DiscoveryRequest.newBuilder()
                .setTypeUrl(typeUrl)
                .setResponseNonce(nonce)
                .setVersionInfo(accepted.getOrDefault(typeUrl, ""))
                .addAllResourceNames(names(typeUrl));
        refusal.ifPresent(
                reason -> request.setErrorDetail(Status.newBuilder().setCode(13).setMessage(reason)));
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
