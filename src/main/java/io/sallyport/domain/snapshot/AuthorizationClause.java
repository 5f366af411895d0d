package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.AuthorizationRule;
import java.util.List;

/**
 * A rule of the authorization that a policy asks for, as a listener holds traffic to it.
 *
 * @param sources ids of classes of the same snapshot, of any of which the source must be; empty where nothing is asked of
 *     who it is and where it comes from
 */
public record AuthorizationClause(ResourceName policy, AuthorizationRule rule, List<String> sources) {
    public AuthorizationClause {
        sources = List.copyOf(sources);
    }

    /** As logs and refusals have it. */
    public String name() {
        return policy + "/" + rule.name();
    }
}
