package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.DeltaClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client over real gRPC, and all that it heard. */
final class Connection implements AutoCloseable {
    private final ManagedChannel channel;
    private final DeltaClient client;
    private final List<DeltaDiscoveryResponse> heard = new CopyOnWriteArrayList<>();

    Connection(String token) {
        this(token, ignored -> Optional.empty());
    }

    Connection(String token, Function<DeltaDiscoveryResponse, Optional<String>> judge) {
        this(
                ManagedChannelBuilder.forAddress("127.0.0.1", port())
                        .usePlaintext()
                        .build(),
                token,
                judge);
    }

    /** The channel is closed with it. */
    Connection(ManagedChannel channel, String token) {
        this(channel, token, ignored -> Optional.empty());
    }

    private Connection(ManagedChannel channel, String token, Function<DeltaDiscoveryResponse, Optional<String>> judge) {
        this.channel = channel;
        this.client = new DeltaClient(channel, token, judge, heard::add);
    }

    static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
    }

    Connection start(String nodeCluster) {
        return start(nodeCluster, Map.of());
    }

    Connection start(String nodeCluster, Map<ResourceType, Map<String, String>> before) {
        client.start(nodeCluster, "test", before);
        return this;
    }

    Connection asks(ResourceType type, String... names) {
        client.subscribe(type, List.of(names));
        return this;
    }

    List<DeltaDiscoveryResponse> heard() {
        return new ArrayList<>(heard);
    }

    List<ResourceType> typesHeard() {
        return heard.stream()
                .map(response -> ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow())
                .distinct()
                .sorted()
                .toList();
    }

    Map<ResourceType, Map<String, String>> versions() {
        Map<ResourceType, Map<String, String>> all = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            all.put(type, new TreeMap<>(client.versions(type)));
        }
        return all;
    }

    void forget() {
        heard.clear();
    }

    Optional<Status> end() {
        return client.end();
    }

    @Override
    public void close() {
        client.close();
        channel.shutdownNow();
    }
}
