package io.sallyport.push.agent;

import io.sallyport.domain.Name;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.push.agent.v1.AgentProtocol;
import java.util.stream.Stream;

/** A snapshot to the resources of the agent protocol. Pure: the same snapshot gives the same bytes. */
final class SnapshotEncoder {
    private SnapshotEncoder() {}

    static AgentSnapshot encode(Snapshot snapshot) {
        return new AgentSnapshot(
                snapshot.version(),
                snapshot.settings().conduct().onControlPlaneLoss(),
                resources(snapshot).map(AgentResource::of).toList());
    }

    private static Stream<AgentProtocol.Resource> resources(Snapshot snapshot) {
        return Stream.of(
                        Stream.of(GatewayResource.of(snapshot)),
                        snapshot.secrets().stream().map(SecretResource::of),
                        snapshot.sources().stream().map(SourceResource::of),
                        snapshot.routes().stream().map(RouteResource::of),
                        snapshot.upstreams().stream().map(UpstreamResource::of),
                        snapshot.policies().stream().map(PolicyResource::of),
                        snapshot.listeners().stream().flatMap(SnapshotEncoder::listener))
                .flatMap(resources -> resources);
    }

    private static Stream<AgentProtocol.Resource> listener(ListenerSnapshot listener) {
        Name name = listener.listener().name();
        return Stream.concat(
                Stream.of(ListenerResource.of(listener)),
                listener.hosts().stream().flatMap(host -> host(name, host)));
    }

    private static Stream<AgentProtocol.Resource> host(Name listener, HostEntry host) {
        Stream<AgentProtocol.Resource> rules = host.ports().stream()
                .filter(port -> !port.rules().isEmpty() || !port.shadows().isEmpty())
                .map(port -> RulesResource.of(listener, host.host(), port));
        return Stream.concat(Stream.of(HostResource.of(listener, host)), rules);
    }
}
