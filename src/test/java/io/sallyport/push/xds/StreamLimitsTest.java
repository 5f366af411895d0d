package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.push.xds.StreamLimits.Pace;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EnvoySnapshots;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.KnownState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one agent can cost, and that it costs that agent alone. */
class StreamLimitsTest {
    private static final Pace FREE = new Pace(1_000_000, 1_000_000);

    private final SnapshotFeed feed = new SnapshotFeed();
    private final Map<String, EnvoySnapshot> snapshots = new ConcurrentHashMap<>();
    private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    private StreamCounts counts = new StreamCounts();
    private final List<Server> servers = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @BeforeEach
    void nothingYet() {
        publish(1);
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        servers.forEach(Server::shutdownNow);
    }

    @Test
    void anAgentMayHaveSoManyStreams() throws IOException {
        serve(new StreamLimits(100, 100, 2, FREE, FREE, 16, 100, 1_000, FREE));

        connectedAs("one");
        connectedAs("one");
        Client third = connect("one");

        assertRefused(third, "max-streams-per-agent", "has 2 streams open");
        connectedAs("two");
        clients.peek().leave();
        await().until(() -> counts.streams() == 2);
        connectedAs("one");
    }

    @Test
    void aClientMayHaveSoMany() throws IOException {
        serve(new StreamLimits(100, 1, 100, FREE, FREE, 16, 100, 1_000, FREE));

        connectedAs("one");

        assertRefused(connect("two"), "max-streams-per-client", "'gateway-internet' has 1 streams open");
    }

    @Test
    void aReplicaHasSoMany() throws IOException {
        serve(new StreamLimits(1, 100, 100, FREE, FREE, 16, 100, 1_000, FREE));

        connectedAs("one");

        assertRefused(connect("two"), "max-streams", "1 streams open");
    }

    @Test
    void whoComesBackTooOftenWaitsAndTheOthersDoNot() throws IOException {
        serve(new StreamLimits(100, 100, 100, FREE, new Pace(1, 3), 16, 100, 1_000, FREE));

        List<Client> loop =
                IntStream.range(0, 20).mapToObj(ignored -> connect("loop")).toList();

        await().until(() -> loop.stream().filter(client -> client.isRefused()).count() >= 10);
        assertRefused(
                loop.stream().filter(client -> client.isRefused()).findFirst().orElseThrow(),
                "new-streams-per-agent",
                "1 a second, 3 at once");
        connectedAs("other");
    }

    @Test
    void namesTypesAndNodesAreBounded() throws IOException {
        serve(new StreamLimits(100, 100, 100, FREE, FREE, 2, 3, 100, FREE));

        Client names = connectedAs("names").says(ResourceType.ENDPOINTS, "a", "b", "c", "d");
        Client types = connectedAs("types").says(ResourceType.ENDPOINTS, "a").says(ResourceType.ROUTES, "a");
        Client node = connect("n".repeat(200));

        assertRefused(names, "max-names", "3 names of a type");
        assertRefused(types, "max-types", "2 types");
        assertRefused(node, "max-node-bytes", "100 are the most");
    }

    @Test
    void aFloodOfRefusalsWaitsInItsOwnStream() throws IOException {
        serve(new StreamLimits(100, 100, 100, FREE, FREE, 16, 100, 1_000, new Pace(1, 20)));
        Client other = connectedAs("other");
        Client flooding = connectedAs("flooding");

        IntStream.range(0, 2_000).forEach(ignored -> flooding.refuses());
        publish(2);

        await().until(() -> other.heard().contains("2"));
        await().until(() -> counts.limited(StreamLimit.REQUESTS) > 0);
        assertThat(flooding.ending()).isEqualTo(Status.OK);
    }

    @Test
    void aRequestOfManyNamesCountsForMany() throws IOException {
        serve(new StreamLimits(100, 100, 100, FREE, FREE, 16, 100_000, 1_000, new Pace(1, 20)));
        Client flooding = connectedAs("flooding");
        String[] many =
                IntStream.range(0, 1_500).mapToObj(number -> "name-" + number).toArray(String[]::new);

        flooding.says(ResourceType.ENDPOINTS, many).says(ResourceType.ENDPOINTS, many);

        await().until(() -> counts.limited(StreamLimit.REQUESTS) > 0);
    }

    private static void assertRefused(Client client, String key, String message) {
        await().until(() -> client.isRefused());
        assertThat(client.ending().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(client.ending().getDescription()).contains(message, "(sallyport.xds." + key + ")");
    }

    private void publish(long revision) {
        EnvoySnapshot snapshot = EnvoySnapshots.at(revision)
                .with(ResourceType.CLUSTER, "a", Long.toString(revision))
                .build();
        snapshots.put(snapshot.source().version().hash(), snapshot);
        feed.publish(snapshot.source());
        feed.reached(new Revision(revision));
    }

    private void serve(StreamLimits limits) throws IOException {
        var compiled = new io.sallyport.push.xds.EnvoySnapshots(
                feed,
                (source, before) -> snapshots.get(source.version().hash()),
                (older, target) -> target.ofType(ResourceType.EXTENSION_CONFIG));
        Surroundings surroundings = new Surroundings(
                new AdmitAgent(KnownState.of(Cases.quickStart())),
                feed,
                compiled,
                new AgentRegistry(),
                Unguarded.holdBack(),
                limits);
        counts = surroundings.counts;
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerInterceptors.intercept(
                        new AggregatedDiscovery(new DiscoveryStreams(surroundings)), new Proven()))
                .build()
                .start();
        servers.add(server);
        channels.add(NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext()
                .build());
    }

    private Client connectedAs(String node) {
        Client client = connect(node);
        await().until(() -> !client.heard().isEmpty());
        return client;
    }

    private Client connect(String node) {
        Client client = new Client(channels.getFirst(), node);
        clients.add(client);
        return client;
    }

    private static final class Client implements StreamObserver<DeltaDiscoveryResponse> {
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Status> ending = new AtomicReference<>(Status.OK);
        private final StreamObserver<DeltaDiscoveryRequest> requests;

        Client(ManagedChannel channel, String node) {
            requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setNode(Node.newBuilder().setId(node).setCluster(Cases.GATEWAY.toString()))
                    .setTypeUrl(ResourceType.CLUSTER.typeUrl())
                    .build());
        }

        Client says(ResourceType type, String... names) {
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(type.typeUrl())
                    .addAllResourceNamesSubscribe(List.of(names))
                    .build());
            return this;
        }

        void refuses() {
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(ResourceType.CLUSTER.typeUrl())
                    .setResponseNonce("1")
                    .setErrorDetail(
                            com.google.rpc.Status.newBuilder().setCode(13).setMessage("no"))
                    .build());
        }

        void leave() {
            requests.onCompleted();
        }

        List<String> heard() {
            return List.copyOf(heard);
        }

        boolean isRefused() {
            return !ending.get().isOk();
        }

        Status ending() {
            return ending.get();
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            response.getResourcesList().forEach(resource -> heard.add(resource.getVersion()));
        }

        @Override
        public void onError(Throwable failure) {
            ending.set(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {}
    }

    /** Whoever calls is who may. */
    private static final class Proven implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Context context = Context.current()
                    .withValues(
                            AgentAuthenticationInterceptor.IDENTITY,
                            new AgentIdentity(new ClientId("gateway-internet"), Instant.MAX),
                            AgentAuthenticationInterceptor.PEER,
                            "here");
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
