package io.sallyport.local;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Speaks incremental xDS as an Envoy does, without being one: asks for clusters and listeners, then for what they refer
 * to, and accepts or refuses. Its maps are concurrent; {@code this} guards what goes out.
 */
public final class DeltaClient implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Map<ResourceType, Map<String, String>> versions = new ConcurrentHashMap<>();
    // Used by the one thread that hears responses.
    private final Map<ResourceType, Set<String>> asked = new EnumMap<>(ResourceType.class);
    private final AtomicReference<Optional<io.grpc.Status>> end = new AtomicReference<>(Optional.empty());
    private final Function<DeltaDiscoveryResponse, Optional<String>> judge;
    private final Consumer<DeltaDiscoveryResponse> onResponse;
    private final StreamObserver<DeltaDiscoveryRequest> requests;

    /**
     * Opens a stream; nothing is asked for yet.
     *
     * @param bearerToken empty where the channel proves who it is
     * @param judge gives the reason to refuse a response, empty to accept it
     * @param onResponse is told of each response after it was judged and before it is answered
     */
    public DeltaClient(
            ManagedChannel channel,
            String bearerToken,
            Function<DeltaDiscoveryResponse, Optional<String>> judge,
            Consumer<DeltaDiscoveryResponse> onResponse) {
        Metadata headers = new Metadata();
        if (!bearerToken.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + bearerToken);
        }
        this.judge = judge;
        this.onResponse = onResponse;
        this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .deltaAggregatedResources(new Responses());
    }

    /** Accepts everything. */
    public static DeltaClient accepting(
            ManagedChannel channel, String bearerToken, Consumer<DeltaDiscoveryResponse> onResponse) {
        return new DeltaClient(channel, bearerToken, ignored -> Optional.empty(), onResponse);
    }

    /** Asks for all clusters and listeners, as an Envoy does that starts, or that had {@code before} already. */
    public void start(String nodeCluster, String nodeId, Map<ResourceType, Map<String, String>> before) {
        Node node = Node.newBuilder().setCluster(nodeCluster).setId(nodeId).build();
        before.forEach((type, known) -> versions.put(type, new ConcurrentSkipListMap<>(known)));
        for (ResourceType type : ResourceType.values()) {
            boolean everything = type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
            Map<String, String> known = before.getOrDefault(type, Map.of());
            if (everything || !known.isEmpty()) {
                send(DeltaDiscoveryRequest.newBuilder()
                        .setNode(node)
                        .setTypeUrl(type.typeUrl())
                        .addAllResourceNamesSubscribe(everything ? List.of() : known.keySet())
                        .putAllInitialResourceVersions(known)
                        .build());
            }
        }
    }

    public void subscribe(ResourceType type, Collection<String> names) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(names)
                .build());
    }

    public synchronized void send(DeltaDiscoveryRequest request) {
        requests.onNext(request);
    }

    /** What it holds: version by name. */
    public Map<String, String> versions(ResourceType type) {
        return versions.computeIfAbsent(type, ignored -> new ConcurrentSkipListMap<>());
    }

    /** How the stream ended; empty while it has not. */
    public Optional<io.grpc.Status> end() {
        return end.get();
    }

    @Override
    public synchronized void close() {
        if (end().isEmpty()) {
            requests.onCompleted();
        }
    }

    private void receive(DeltaDiscoveryResponse response) {
        Optional<String> refusal = judge.apply(response);
        Optional<ResourceType> type = ResourceType.ofTypeUrl(response.getTypeUrl());
        if (refusal.isEmpty()) {
            type.ifPresent(known -> hold(versions(known), response));
        }
        onResponse.accept(response);
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        refusal.ifPresent(
                reason -> answer.setErrorDetail(Status.newBuilder().setCode(13).setMessage(reason)));
        send(answer.build());
        if (refusal.isEmpty()) {
            follow(response);
        }
    }

    private static void hold(Map<String, String> held, DeltaDiscoveryResponse response) {
        response.getResourcesList().forEach(resource -> held.put(resource.getName(), resource.getVersion()));
        response.getRemovedResourcesList().forEach(held::remove);
    }

    private void follow(DeltaDiscoveryResponse response) {
        Map<ResourceType, Set<String>> wanted = new EnumMap<>(ResourceType.class);
        for (Resource resource : response.getResourcesList()) {
            EnvoyReferences.in(resource.getResource())
                    .forEach((type, names) -> wanted.merge(type, names, DeltaClient::union));
        }
        wanted.forEach((type, names) -> {
            Set<String> news = asked.computeIfAbsent(type, ignored -> new HashSet<>());
            names.removeIf(name -> !news.add(name));
            if (!names.isEmpty()) {
                subscribe(type, names);
            }
        });
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private final class Responses implements StreamObserver<DeltaDiscoveryResponse> {
        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            receive(response);
        }

        @Override
        public void onError(Throwable error) {
            end.set(Optional.of(io.grpc.Status.fromThrowable(error)));
        }

        @Override
        public void onCompleted() {
            end.set(Optional.of(io.grpc.Status.OK));
        }
    }
}
