package io.sallyport.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Snapshots for Envoys with resources of any content, where only their names and versions matter. */
public final class EnvoySnapshots {
    public static final ResourceName INTERNET = ResourceName.of("edge", "internet");

    private final Map<ResourceType, SortedMap<String, EnvoyResource>> resources = new EnumMap<>(ResourceType.class);
    private final SnapshotVersion version;
    private Conduct conduct = Conduct.DEFAULT;
    private List<ListenerSnapshot> listeners = List.of();

    private EnvoySnapshots(long revision, String hash) {
        this.version = new SnapshotVersion(new Revision(revision), hash);
    }

    /** Its content hash is its revision. */
    public static EnvoySnapshots at(long revision) {
        return new EnvoySnapshots(revision, "hash" + revision);
    }

    public EnvoySnapshots with(ResourceType type, String name, String resourceVersion) {
        Any body = Any.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setValue(ByteString.copyFromUtf8(resourceVersion))
                .build();
        return with(new EnvoyResource(type, name, resourceVersion, body));
    }

    public EnvoySnapshots with(EnvoyResource resource) {
        resources.computeIfAbsent(resource.type(), ignored -> new TreeMap<>()).put(resource.name(), resource);
        return this;
    }

    /** Of a gateway that refuses by itself when it has heard nothing for so long. */
    public EnvoySnapshots lapsingAfter(Duration after) {
        conduct = new Conduct(
                conduct.onRevoke(),
                new ControlPlaneLoss.Lapse(after),
                conduct.refusalDetail(),
                conduct.accessLog(),
                conduct.limits(),
                conduct.upstreamProxy());
        return this;
    }

    public EnvoySnapshots with(Listener listener, String resourceVersion) {
        listeners = Stream.concat(
                        listeners.stream(), Stream.of(new ListenerSnapshot(listener, List.of(), List.of(), "")))
                .toList();
        return with(ResourceType.LISTENER, listener.name().value(), resourceVersion);
    }

    public EnvoySnapshot build() {
        return new EnvoySnapshot(source(), resources);
    }

    public Snapshot source() {
        return new Snapshot(
                INTERNET,
                version,
                new GatewaySettings(DefaultAction.DENY, AddressPolicy.DEFAULT, 1, conduct),
                List.of(),
                listeners,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
