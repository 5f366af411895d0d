package io.sallyport.push;

import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.usecase.AdmitAgent;
import java.util.List;

/** Which gateway an Envoy says it is, and whether it may be. */
public final class NodeClaim {
    private static final String POINTER = "/node/cluster";

    private NodeClaim() {}

    /** A client that only one gateway admits need not name it. */
    public static ResourceName admit(AdmitAgent admission, AgentIdentity agent, String cluster) {
        List<ResourceName> admitting = cluster.isEmpty() ? admission.gatewaysOf(agent) : List.of();
        ResourceName gateway = admitting.size() == 1 ? admitting.getFirst() : parse(cluster);
        admission.check(agent, gateway);
        return gateway;
    }

    private static ResourceName parse(String cluster) {
        if (cluster.isEmpty()) {
            throw malformed("node.cluster is empty: it names the gateway as namespace/name");
        }
        try {
            return ResourceName.parse(cluster);
        } catch (IllegalArgumentException wrong) {
            throw malformed("node.cluster names the gateway as namespace/name: " + wrong.getMessage());
        }
    }

    private static FailureException malformed(String message) {
        return FailureException.invalid(List.of(new Violation(POINTER, "MalformedGateway", message)));
    }
}
