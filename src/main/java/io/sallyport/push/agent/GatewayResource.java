package io.sallyport.push.agent;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.push.agent.v1.AgentProtocol;
import java.util.Collection;
import java.util.List;

/** What holds for a whole gateway. */
final class GatewayResource {
    private GatewayResource() {}

    static AgentProtocol.Resource of(Snapshot snapshot) {
        AgentProtocol.Gateway.Builder body = AgentProtocol.Gateway.newBuilder()
                .setNamespace(snapshot.gateway().namespace().value())
                .setName(snapshot.gateway().name().value())
                .setDefaultAction(action(snapshot.defaultAction()))
                .setAddressPolicy(addressPolicy(snapshot.addressPolicy()));
        ConductFields.write(snapshot.settings().conduct(), body);
        return AgentProtocol.Resource.newBuilder()
                .setName("gateway")
                .setGateway(body)
                .build();
    }

    private static AgentProtocol.Action action(DefaultAction action) {
        return switch (action) {
            case DENY -> AgentProtocol.Action.ACTION_DENY;
            case ALLOW -> AgentProtocol.Action.ACTION_ALLOW;
        };
    }

    private static AgentProtocol.AddressPolicy addressPolicy(AddressPolicy policy) {
        return AgentProtocol.AddressPolicy.newBuilder()
                .addAllDeny(texts(policy.deny()))
                .addAllPermit(texts(policy.permit()))
                .addAllSpecial(texts(AddressPolicy.special()))
                .build();
    }

    private static List<String> texts(Collection<Cidr> ranges) {
        return ranges.stream().map(Cidr::toString).toList();
    }
}
