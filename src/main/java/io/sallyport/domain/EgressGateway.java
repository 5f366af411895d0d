package io.sallyport.domain;

import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rollout.RolloutPolicy;
import java.util.List;

/**
 * A named group of data-plane proxies that traffic leaves through.
 *
 * @param defaultAction decides a request for a known destination that no rule covers
 * @param rollout how changes come to its agents; at most one, and to all at once without
 * @param ruleBuckets in how many parts the rules travel, 1 to 1024: more parts, fewer bytes per changed rule
 */
public record EgressGateway(
        List<Listener> listeners,
        AgentSelector agentSelector,
        AllowedNamespaces allowedNamespaces,
        DefaultAction defaultAction,
        AddressPolicy addressPolicy,
        int ruleBuckets,
        Conduct conduct,
        List<RolloutPolicy> rollout)
        implements Spec {
    public static final int DEFAULT_RULE_BUCKETS = 64;
    public static final int MOST_RULE_BUCKETS = 1024;

    public EgressGateway {
        listeners = List.copyOf(listeners);
        rollout = List.copyOf(rollout);
        if (rollout.size() > 1) {
            throw new IllegalArgumentException("a gateway has at most one rollout policy");
        }
        if (ruleBuckets < 1 || ruleBuckets > MOST_RULE_BUCKETS) {
            throw new IllegalArgumentException(
                    "ruleBuckets %d is out of range: use 1 to %d".formatted(ruleBuckets, MOST_RULE_BUCKETS));
        }
    }

    /** What happens to a request for a known destination that no rule covers. */
    public enum DefaultAction {
        DENY,
        ALLOW
    }
}
