package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AgentPrincipal.Spiffe;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Decides whether an authenticated agent may be a gateway. */
public final class AdmitAgent {
    private final Supplier<DesiredState> current;

    public AdmitAgent(CurrentState current) {
        this(current::get);
    }

    public AdmitAgent(Supplier<DesiredState> current) {
        this.current = current;
    }

    /** Throws {@code Forbidden} where it may not; a gateway that does not exist is told no differently. */
    public void check(AgentIdentity agent, ResourceName gateway) {
        if (!isAdmitted(agent, gateway)) {
            throw new FailureException(
                    new Failure.Forbidden("What was proven, %s, is not admitted by the agentSelector of gateway %s"
                            .formatted(proven(agent), gateway)));
        }
    }

    public boolean isAdmitted(AgentIdentity agent, ResourceName gateway) {
        return current.get()
                .gateway(gateway)
                .map(Resource<EgressGateway>::spec)
                .filter(spec -> spec.agentSelector().admitsAll(agent.principals()))
                .isPresent();
    }

    private static String proven(AgentIdentity agent) {
        return agent.principals().stream()
                .map(principal -> switch (principal) {
                    case ClientId client -> "the client '%s'".formatted(client);
                    case Spiffe spiffe -> "the SPIFFE ID '%s'".formatted(spiffe);
                })
                .collect(Collectors.joining(" with "));
    }

    /** The gateways that it may be, by name. */
    public List<ResourceName> gatewaysOf(AgentIdentity agent) {
        return current.get().gateways().stream()
                .filter(gateway -> gateway.spec().agentSelector().admitsAll(agent.principals()))
                .map(Resource::name)
                .toList();
    }
}
