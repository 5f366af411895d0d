package io.sallyport.domain.rollout;

import io.sallyport.domain.Revision;
import java.util.List;

/**
 * What can be seen of a gateway when it is decided how its rollout goes on.
 *
 * @param head the newest revision that this was worked out for
 * @param waits whether some change of the head is not with all agents by itself
 * @param isBehind whether the head has changes that the candidate has not
 * @param agents all of the gateway, those that were lost lately among them
 */
public record RolloutSight(Revision head, boolean waits, boolean isBehind, List<Seen> agents) {
    public RolloutSight {
        agents = List.copyOf(agents);
    }

    /**
     * An agent and the candidate.
     *
     * @param why it does not decide by it yet; empty where it does
     * @param refusal what it said of what it refused of the candidate; empty where it refused nothing
     */
    public record Seen(Member member, boolean isEffective, String why, String refusal) {}
}
