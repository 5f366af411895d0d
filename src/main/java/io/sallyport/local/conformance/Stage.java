package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.Channel;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A server with a group of clients of its own, for one claim. */
final class Stage implements AutoCloseable {
    /** All of which an empty list of names asks for. */
    static final List<ResourceType> WHOLE = List.of(ResourceType.CLUSTER, ResourceType.LISTENER);

    static final List<ResourceType> NAMED =
            List.of(ResourceType.ENDPOINTS, ResourceType.ROUTES, ResourceType.EXTENSION_CONFIG, ResourceType.SECRET);

    private final TriedServer server;
    private final Claim.Manner manner;
    private final String group;
    private final List<Peer> peers = new ArrayList<>();
    private World world;

    Stage(TriedServer server, Claim.Manner manner, String group) {
        this.server = server;
        this.manner = manner;
        this.group = group;
        this.world = server.first(group);
    }

    World world() {
        return world;
    }

    SortedMap<String, Any> world(ResourceType type) {
        return world.of(type);
    }

    Any body(ResourceType type, String name) {
        return Optional.ofNullable(world.of(type).get(name))
                .orElseThrow(() -> new NotSupported("the server has no %s %s".formatted(type, name)));
    }

    /** A name that there is; the same at every call. */
    String some(ResourceType type) {
        return world.of(type).firstKey();
    }

    String another(ResourceType type) {
        if (world.of(type).size() < 2) {
            throw new NotSupported("the server has no second " + type);
        }
        return world.of(type).sequencedKeySet().reversed().getFirst();
    }

    void publish(World newWorld) {
        server.publish(group, newWorld);
        world = newWorld;
    }

    /** Tries it with every type that the server has. */
    void each(List<ResourceType> types, Consumer<ResourceType> script) {
        List<ResourceType> there = types.stream().filter(this::has).toList();
        if (there.isEmpty()) {
            throw new NotSupported("the server has none of " + types);
        }
        there.forEach(script);
    }

    private boolean has(ResourceType type) {
        return server.types().contains(type) && !world.of(type).isEmpty();
    }

    void needs(ResourceType... types) {
        Stream.of(types).filter(type -> !has(type)).findFirst().ifPresent(missing -> {
            throw new NotSupported("the server has no " + missing);
        });
    }

    void needsChanges() {
        if (!server.canChange()) {
            throw new NotSupported("what this server has cannot be changed from here");
        }
    }

    void needsTimeLimits() {
        if (!server.canLimit()) {
            throw new NotSupported("resources cannot be given a time limit");
        }
    }

    Set<ResourceType> types() {
        return server.types();
    }

    boolean isStateOfTheWorld() {
        return manner == Claim.Manner.STATE;
    }

    Duration patience() {
        return server.patience();
    }

    /** A client of its own, with one stream for all types. */
    Peer peer() {
        return peer("client-" + peers.size(), 0);
    }

    Peer peer(String nodeId) {
        return peer(nodeId, 0);
    }

    Peer peerAtAnotherReplica() {
        if (server.replicas().size() < 2) {
            throw new NotSupported("there is one replica");
        }
        return peer("client-" + peers.size(), 1);
    }

    /** It says its node in its first request alone; the others say it in every one. */
    Peer peerThatSaysItsNodeOnce() {
        return added(open(Service.AGGREGATED, "client-" + peers.size(), 0, true));
    }

    private Peer peer(String nodeId, int replica) {
        return added(open(Service.AGGREGATED, nodeId, replica, false));
    }

    /** A client with a stream for this type alone. */
    Peer peerOf(ResourceType type) {
        return added(open(Service.of(type), "client-" + peers.size(), 0, false));
    }

    /** Waits until the server has taken in all that the client said: it asks for something else and hears it. */
    Peer settled(Peer peer) {
        ResourceType other = types().stream()
                .filter(type -> peer.isUnasked(type) && has(type))
                .findFirst()
                .orElseThrow(() -> new NotSupported("the server has no other type"));
        peer.asks(other, some(other)).ever().hears(other, some(other));
        return peer;
    }

    /** A client that speaks the incremental manner and does not read what it is sent. */
    StuckPeer stuckPeer(ResourceType type, String... names) {
        Node node = Node.newBuilder()
                .setId("stuck")
                .setCluster(server.cluster(group))
                .build();
        return new StuckPeer(server.replicas().getFirst(), node, type, List.of(names));
    }

    /** A client that accepts all and keeps nothing, and may be told to leave. */
    QuietPeer quietPeer(ResourceType type, String name) {
        DeltaDiscoveryRequest first = DeltaDiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("quiet").setCluster(server.cluster(group)))
                .setTypeUrl(type.typeUrl())
                .addResourceNamesSubscribe(name)
                .build();
        return new QuietPeer(server.replicas().getFirst(), List.of(first), ignored -> {});
    }

    private Peer added(Peer peer) {
        peers.add(peer);
        return peer;
    }

    private Peer open(Service service, String nodeId, int replica, boolean nodeOnce) {
        Node node = Node.newBuilder()
                .setId(nodeId)
                .setCluster(server.cluster(group))
                .build();
        Saying saying = new Saying(node, nodeOnce);
        Channel channel = server.replicas().get(replica);
        return new Peer(server.patience(), heard -> switch (manner) {
            case DELTA -> new DeltaWire(channel, service, saying, heard);
            case STATE -> new StateWire(channel, service, saying, heard);
        });
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }
}
