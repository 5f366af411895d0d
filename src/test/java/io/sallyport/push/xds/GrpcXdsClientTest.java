package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.xds.XdsNameResolverProvider;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EnvoySnapshots;
import io.sallyport.testkit.Patience;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.KnownState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second, independent client: gRPC for Java finds its servers through our xDS, in the state of the world. */
class GrpcXdsClientTest {
    private static final ClientId CLIENT = new ClientId("gateway-internet");
    private static final ConfigSource ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .build();

    private final SnapshotFeed feed = new SnapshotFeed();
    private final AgentRegistry registry = new AgentRegistry();
    private final HealthStatusManager health = new HealthStatusManager();
    private Server upstream;
    private Server controlPlane;

    @BeforeEach
    void start() throws IOException {
        upstream = serve(health.getHealthService());
        EnvoySnapshot snapshot = snapshot(upstream.getPort());
        AdmitAgent admission = new AdmitAgent(KnownState.of(Cases.quickStart()));
        var snapshots = new io.sallyport.push.xds.EnvoySnapshots(
                feed, (ignored, before) -> snapshot, (older, target) -> target.ofType(ResourceType.EXTENSION_CONFIG));
        var streams = new DiscoveryStreams(
                new Surroundings(admission, feed, snapshots, registry, Unguarded.holdBack(), StreamLimits.DEFAULT));
        controlPlane = serve(io.grpc.ServerInterceptors.intercept(new AggregatedDiscovery(streams), new Proven()));
        feed.publish(snapshot.source());
        feed.reached(new Revision(1));
    }

    @AfterEach
    void stop() {
        upstream.shutdownNow();
        controlPlane.shutdownNow();
    }

    @Test
    void aCallFindsItsServerAndTheClientIsInStep() {
        health.setStatus("sallyport", ServingStatus.SERVING);
        var resolver = XdsNameResolverProvider.createForTest("sallyportxds", bootstrap());
        NameResolverRegistry.getDefaultRegistry().register(resolver);
        ManagedChannel channel = Grpc.newChannelBuilder("sallyportxds:///hello", InsecureChannelCredentials.create())
                .build();

        try {
            var answer = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(Patience.MILLIS, TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.newBuilder()
                            .setService("sallyport")
                            .build());

            assertThat(answer.getStatus()).isEqualTo(ServingStatus.SERVING);
            await().until(
                            () -> registry.all().stream()
                                    .map(AgentStatus::acknowledged)
                                    .toList(),
                            List.of("1.hash1")::equals);
            assertThat(registry.all().getFirst().lastError()).isEmpty();
        } finally {
            channel.shutdownNow();
            NameResolverRegistry.getDefaultRegistry().deregister(resolver);
        }
    }

    private Map<String, ?> bootstrap() {
        return Map.of(
                "node",
                Map.of("id", "grpc-xds", "cluster", Cases.GATEWAY.toString()),
                "xds_servers",
                List.of(Map.of(
                        "server_uri",
                        "127.0.0.1:" + controlPlane.getPort(),
                        "channel_creds",
                        List.of(Map.of("type", "insecure")),
                        "server_features",
                        List.of("xds_v3"))));
    }

    private static Server serve(io.grpc.BindableService service) throws IOException {
        return serve(service.bindService());
    }

    private static Server serve(io.grpc.ServerServiceDefinition service) throws IOException {
        return io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(service)
                .build()
                .start();
    }

    private static EnvoySnapshot snapshot(int port) {
        return EnvoySnapshots.at(1)
                .with(resource(ResourceType.LISTENER, "hello", listener()))
                .with(resource(ResourceType.ROUTES, "hello-routes", routes()))
                .with(resource(ResourceType.CLUSTER, "upstream", cluster()))
                .with(resource(ResourceType.ENDPOINTS, "upstream", endpoints(port)))
                .build();
    }

    private static EnvoyResource resource(ResourceType type, String name, Message message) {
        return new EnvoyResource(type, name, "1", Any.pack(message));
    }

    private static Listener listener() {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setRds(Rds.newBuilder().setRouteConfigName("hello-routes").setConfigSource(ADS))
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return Listener.newBuilder()
                .setName("hello")
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
                .build();
    }

    private static RouteConfiguration routes() {
        return RouteConfiguration.newBuilder()
                .setName("hello-routes")
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("all")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix(""))
                                .setRoute(RouteAction.newBuilder().setCluster("upstream"))))
                .build();
    }

    private static Cluster cluster() {
        return Cluster.newBuilder()
                .setName("upstream")
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ADS))
                .build();
    }

    private static ClusterLoadAssignment endpoints(int port) {
        SocketAddress address = SocketAddress.newBuilder()
                .setAddress("127.0.0.1")
                .setPortValue(port)
                .build();
        return ClusterLoadAssignment.newBuilder()
                .setClusterName("upstream")
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .setLocality(Locality.newBuilder().setRegion("here"))
                        .setLoadBalancingWeight(UInt32Value.of(1))
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setHealthStatus(HealthStatus.HEALTHY)
                                .setEndpoint(Endpoint.newBuilder()
                                        .setAddress(Address.newBuilder().setSocketAddress(address)))))
                .build();
    }

    /** A client that has no way to send a token is who it is by decree. */
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
