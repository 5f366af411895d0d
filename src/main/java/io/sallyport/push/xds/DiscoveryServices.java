package io.sallyport.push.xds;

import io.grpc.BindableService;
import io.grpc.Status;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.HoldBack;
import java.util.List;
import java.util.function.BiFunction;

/** The xDS services of one replica by themselves, over any feed: what trials try. The product wires them by injection. */
public final class DiscoveryServices implements AutoCloseable {
    private final DiscoveryStreams streams;

    public DiscoveryServices(
            AdmitAgent admission,
            SnapshotFeed feed,
            BiFunction<Snapshot, List<EnvoySnapshot>, EnvoySnapshot> compiler,
            AgentRegistry registry,
            HoldBack holdBack) {
        var snapshots =
                new EnvoySnapshots(feed, compiler, (older, target) -> target.ofType(ResourceType.EXTENSION_CONFIG));
        streams = new DiscoveryStreams(
                new Surroundings(admission, feed, snapshots, registry, holdBack, StreamLimits.DEFAULT));
    }

    /** The one for all types, then those for one type. */
    public List<BindableService> all() {
        return List.of(
                new AggregatedDiscovery(streams),
                new ClusterDiscovery(streams),
                new EndpointDiscovery(streams),
                new ListenerDiscovery(streams),
                new RouteDiscovery(streams),
                new ExtensionConfigDiscovery(streams),
                new SecretDiscovery(streams));
    }

    @Override
    public void close() {
        streams.endAll(Status.OK);
    }
}
