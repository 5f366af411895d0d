package io.sallyport.push.agent;

import io.sallyport.domain.Name;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A host that a listener knows, and where its ports lead. Its bucket is left out: here rules travel by host and port. */
final class HostResource {
    private HostResource() {}

    static AgentProtocol.Resource of(Name listener, HostEntry entry) {
        return AgentProtocol.Resource.newBuilder()
                .setName("host/%s/%s".formatted(listener, entry.host()))
                .setHost(AgentProtocol.Host.newBuilder()
                        .setListener(listener.value())
                        .setHost(entry.host().value())
                        .setDestination(entry.destination().toString())
                        .setPolicy(entry.policy())
                        .addAllPorts(
                                entry.ports().stream().map(HostResource::port).toList()))
                .build();
    }

    private static AgentProtocol.HostPort port(PortEntry port) {
        return AgentProtocol.HostPort.newBuilder()
                .setNumber(port.number().value())
                .setUpstream(port.upstream())
                .setEnforceability(enforceability(port.enforceability()))
                .addAllRoutes(port.routes())
                .build();
    }

    private static AgentProtocol.HostPort.Enforceability enforceability(Enforceability enforceability) {
        return switch (enforceability) {
            case WHOLLY -> AgentProtocol.HostPort.Enforceability.ENFORCEABILITY_UNSPECIFIED;
            case IN_REQUESTS -> AgentProtocol.HostPort.Enforceability.ENFORCEABILITY_IN_REQUESTS;
            case NOWHERE -> AgentProtocol.HostPort.Enforceability.ENFORCEABILITY_NOWHERE;
        };
    }
}
