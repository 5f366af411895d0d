package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import java.util.List;
import java.util.Set;

/** What must hold between resources: references, owners of hosts, scopes, ports, and what listeners can enforce. */
public final class PolicyChecks {

    /**
     * What is to be said of a state after some of its resources were written or deleted. Findings about resources that
     * were not touched are included where the touched ones caused them (a reference to what was deleted).
     */
    public List<Finding> findings(DesiredState state, Set<ResourceKey> touched) {
        throw new UnsupportedOperationException();
    }
}
