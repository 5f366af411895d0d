package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.EnvoyReferences;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A server that runs somewhere, with what it happens to have: that cannot be changed from here. */
public final class RemoteServer implements TriedServer {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(2);

    // Its name is to be resolved and it may have to wake up, which is no matter of any claim.
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

    private final String target;
    private final String cluster;
    private final ManagedChannel plain;
    private final Channel channel;
    private final World world;

    /** Throws BrokenClaim where it does not serve clusters and listeners in the incremental manner. */
    public RemoteServer(String target, String bearerToken, String cluster) {
        this.target = target;
        this.cluster = cluster;
        this.plain = ManagedChannelBuilder.forTarget(target).usePlaintext().build();
        Metadata headers = new Metadata();
        if (!bearerToken.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + bearerToken);
        }
        this.channel = ClientInterceptors.intercept(plain, MetadataUtils.newAttachHeadersInterceptor(headers));
        this.world = look();
    }

    private World look() {
        Node node =
                Node.newBuilder().setId("conformance-look").setCluster(cluster).build();
        try (Peer peer = new Peer(
                FIRST_ANSWER, heard -> new DeltaWire(channel, Service.AGGREGATED, new Saying(node, false), heard))) {
            for (ResourceType type : Stage.WHOLE) {
                peer.asksForAll(type).ever().hears(heard -> heard.isOf(type), "an answer about " + type);
            }
            Peer.pause(LOOK);
            Map<ResourceType, Set<String>> named = new EnumMap<>(ResourceType.class);
            for (ResourceType type : Stage.WHOLE) {
                peer.holds(type)
                        .values()
                        .forEach(body -> EnvoyReferences.in(body)
                                .forEach((other, names) -> named.computeIfAbsent(other, ignored -> new TreeSet<>())
                                        .addAll(names)));
            }
            named.forEach((type, names) -> peer.asks(type, names.toArray(String[]::new)));
            Peer.pause(LOOK);
            World found = World.EMPTY;
            for (ResourceType type : ResourceType.values()) {
                for (Map.Entry<String, Any> resource : peer.holds(type).entrySet()) {
                    found = found.with(type, resource.getKey(), resource.getValue());
                }
            }
            return found;
        }
    }

    @Override
    public String name() {
        return target;
    }

    @Override
    public List<Channel> replicas() {
        return List.of(channel);
    }

    @Override
    public Set<ResourceType> types() {
        Set<ResourceType> types = EnumSet.noneOf(ResourceType.class);
        types.addAll(world.resources().keySet());
        return types;
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public String cluster(String group) {
        return cluster;
    }

    @Override
    public boolean canChange() {
        return false;
    }

    @Override
    public void publish(String group, World newWorld) {
        throw new NotSupported("what this server has cannot be changed from here");
    }

    @Override
    public World first(String group) {
        return world;
    }

    @Override
    public void close() {
        plain.shutdownNow();
    }
}
