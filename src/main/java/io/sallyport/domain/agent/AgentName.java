package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.AgentPrincipal;

/**
 * By what an agent is known across its streams: what it proved, and what it calls itself among those who proved the same.
 *
 * @param nodeId a claim, so it tells apart only agents of one identity and gateway
 */
public record AgentName(AgentPrincipal principal, ResourceName gateway, String nodeId) {
    @Override
    public String toString() {
        return principal + " " + gateway + " " + nodeId;
    }
}
