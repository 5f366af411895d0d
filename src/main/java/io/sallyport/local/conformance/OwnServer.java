package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.push.xds.DiscoveryServices;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.HoldBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Two replicas of ours, from the feed to the socket; what is before the feed is taken by resources of any content. */
public final class OwnServer implements TriedServer {
    private static final ClientId CLIENT = new ClientId("conformance");
    private static final String NAMESPACE = "conformance";
    private static final int GROUPS = 300;
    private static final int REPLICAS = 2;
    private static final int MOST_OF_A_GROUP = 4;

    private final Map<String, EnvoySnapshot> compiled = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> latestOf = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong(1);
    private final List<Replica> replicas = new ArrayList<>();
    private final Duration patience;

    public OwnServer(Duration patience) {
        this.patience = patience;
        DesiredState state = gateways();
        for (int number = 0; number < REPLICAS; number++) {
            replicas.add(new Replica(new AdmitAgent(() -> state)));
        }
    }

    @Override
    public String name() {
        return "Sallyport";
    }

    @Override
    public List<Channel> replicas() {
        return replicas.stream().map(replica -> (Channel) replica.channel).toList();
    }

    /** A connection of its own to the first replica. */
    ManagedChannel connection() {
        return replicas.getFirst().connect();
    }

    @Override
    public Set<ResourceType> types() {
        return Set.of(ResourceType.values());
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public String cluster(String group) {
        return NAMESPACE + "/" + group;
    }

    @Override
    public boolean canLimit() {
        return true;
    }

    @Override
    public World first(String group) {
        World first = World.ofTwo(types());
        publish(group, first);
        return first;
    }

    @Override
    public void publish(String group, World world) {
        long number = revision.incrementAndGet();
        Snapshot source = snapshot(ResourceName.parse(cluster(group)), number, world.lease());
        keep(group, new EnvoySnapshot(source, resources(world)));
        for (Replica replica : replicas) {
            replica.feed.publish(source);
            replica.feed.reached(new Revision(number));
        }
    }

    // A stream may just be about to take the one before.
    private void keep(String group, EnvoySnapshot snapshot) {
        String hash = snapshot.source().version().hash();
        compiled.put(hash, snapshot);
        Deque<String> latest = latestOf.computeIfAbsent(group, ignored -> new ConcurrentLinkedDeque<>());
        latest.addLast(hash);
        if (latest.size() > MOST_OF_A_GROUP) {
            compiled.remove(latest.removeFirst());
        }
    }

    private static Snapshot snapshot(ResourceName gateway, long revision, Duration lease) {
        Conduct usual = Conduct.DEFAULT;
        Conduct conduct = new Conduct(
                usual.onRevoke(),
                lease.isZero() ? new ControlPlaneLoss.Keep() : new ControlPlaneLoss.Lapse(lease),
                usual.refusalDetail(),
                usual.accessLog(),
                usual.limits(),
                usual.upstreamProxy());
        return new Snapshot(
                gateway,
                new SnapshotVersion(new Revision(revision), "hash" + revision),
                new GatewaySettings(DefaultAction.DENY, AddressPolicy.DEFAULT, 1, conduct),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Map<ResourceType, SortedMap<String, EnvoyResource>> resources(World world) {
        Map<ResourceType, SortedMap<String, EnvoyResource>> resources = new EnumMap<>(ResourceType.class);
        world.resources().forEach((type, byName) -> {
            SortedMap<String, EnvoyResource> ofType = new TreeMap<>();
            byName.forEach((name, body) -> ofType.put(name, new EnvoyResource(type, name, version(body), body)));
            resources.put(type, ofType);
        });
        return resources;
    }

    private static String version(Any body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.toByteArray());
            return HexFormat.of().toHexDigits(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static DesiredState gateways() {
        List<Resource<?>> all = new ArrayList<>();
        for (int number = 0; number < GROUPS; number++) {
            all.add(gateway(ResourceName.of(NAMESPACE, Suite.group(number))));
        }
        return DesiredState.of(new Revision(1), all);
    }

    private static Resource<EgressGateway> gateway(ResourceName name) {
        Stamp stamp = new Stamp(Instant.EPOCH, NAMESPACE);
        var metadata = new io.sallyport.domain.Metadata(
                new ResourceKey(Kind.EGRESS_GATEWAY, name),
                new TreeMap<>(),
                io.sallyport.domain.Metadata.noLabels(),
                new UUID(0, 0),
                1,
                new Revision(1),
                stamp,
                stamp);
        return new Resource<>(
                metadata,
                new EgressGateway(
                        List.of(),
                        new AgentSelector(List.of(CLIENT)),
                        new AllowedNamespaces.Same(),
                        DefaultAction.DENY,
                        AddressPolicy.DEFAULT,
                        1,
                        Conduct.DEFAULT,
                        List.of()));
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }

    /** One process, were it not a trial. */
    private final class Replica {
        private final SnapshotFeed feed = new SnapshotFeed();
        private final DiscoveryServices services;
        private final Server server;
        private final ManagedChannel channel;

        Replica(AdmitAgent admission) {
            services = new DiscoveryServices(
                    admission,
                    feed,
                    (snapshot, before) -> compiled.get(snapshot.version().hash()),
                    new AgentRegistry(),
                    new HoldBack(new PublishedStates(), new SnapshotCompiler()));
            server = serve(services.all());
            channel = connect();
        }

        private ManagedChannel connect() {
            return NettyChannelBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                    .usePlaintext()
                    .build();
        }

        void close() {
            channel.shutdownNow();
            services.close();
            server.shutdownNow();
        }
    }

    private static Server serve(List<BindableService> services) {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        services.forEach(service -> builder.addService(ServerInterceptors.intercept(service, new Proven())));
        try {
            return builder.build().start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whoever calls is who may. */
    private static final class Proven implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Context context = Context.current()
                    .withValues(
                            AgentAuthenticationInterceptor.IDENTITY,
                            new AgentIdentity(CLIENT, Instant.MAX),
                            AgentAuthenticationInterceptor.PEER,
                            "here");
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
