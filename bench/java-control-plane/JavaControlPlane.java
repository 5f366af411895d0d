import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** java-control-plane, its server and cache as they come, told what to have by lines; see docs/conformance.md. */
public class JavaControlPlane {
    public static void main(String[] arguments) throws Exception {
        SimpleCache<String> cache = new SimpleCache<>(node -> node.getCluster());
        V3DiscoveryServer services = new V3DiscoveryServer(cache);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(services.getAggregatedDiscoveryServiceImpl())
                .addService(services.getClusterDiscoveryServiceImpl())
                .addService(services.getEndpointDiscoveryServiceImpl())
                .addService(services.getListenerDiscoveryServiceImpl())
                .addService(services.getRouteDiscoveryServiceImpl())
                .addService(services.getSecretDiscoveryServiceImpl())
                .build()
                .start();
        System.out.println(
                "ready java-control-plane-1.0.49 " + server.getPort() + " CLUSTER,ENDPOINTS,LISTENER,ROUTES,SECRET");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            DiscoveryResponse told = DiscoveryResponse.parseFrom(Base64.getDecoder().decode(line));
            cache.setSnapshot(told.getControlPlane().getIdentifier(), snapshot(told));
            System.out.println("done");
        }
        server.shutdownNow();
        System.exit(0);
    }

    /** Each type has a version of its own, so that it moves with its content alone. */
    private static Snapshot snapshot(DiscoveryResponse told) {
        List<Cluster> clusters = of(told, Cluster.class);
        List<ClusterLoadAssignment> endpoints = of(told, ClusterLoadAssignment.class);
        List<Listener> listeners = of(told, Listener.class);
        List<RouteConfiguration> routes = of(told, RouteConfiguration.class);
        List<Secret> secrets = of(told, Secret.class);
        return Snapshot.create(
                clusters,
                version(clusters),
                endpoints,
                version(endpoints),
                listeners,
                version(listeners),
                routes,
                version(routes),
                secrets,
                version(secrets));
    }

    private static String version(List<? extends Message> resources) {
        return Integer.toHexString(resources.hashCode());
    }

    private static <T extends Message> List<T> of(DiscoveryResponse told, Class<T> type) {
        return told.getResourcesList().stream().filter(any -> any.is(type)).map(any -> unpacked(any, type)).toList();
    }

    private static <T extends Message> T unpacked(Any any, Class<T> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
