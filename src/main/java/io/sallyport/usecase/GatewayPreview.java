package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.diff.ConfigChange;
import java.util.List;

/**
 * What a write would do to one gateway.
 *
 * @param config in the words that were asked for
 * @param isShown whether the caller may read what the gateway runs; where not, it is left out
 * @param agents those connected to this replica that would be sent something
 */
public record GatewayPreview(
        ResourceName gateway,
        List<ConfigChange> config,
        boolean isShown,
        List<Drain> drains,
        List<AgentStatus> agents) {
    public GatewayPreview {
        config = List.copyOf(config);
        drains = List.copyOf(drains);
        agents = List.copyOf(agents);
    }
}
