package io.sallyport.domain.rollout;

import io.sallyport.domain.Revision;
import java.time.Instant;
import java.util.List;

/**
 * What can be seen of a gateway when it is decided how its rollout goes on.
 *
 * @param head the newest revision that this was worked out for
 * @param waits whether some change of the head is not with all agents by itself
 * @param isBehind whether the head has changes that the candidate has not
 * @param carries whether the candidate has changes that those that wait have not
 * @param agents all of the gateway, those that were lost lately among them
 */
public record RolloutSight(
        Revision head, boolean waits, boolean isBehind, boolean carries, List<Seen> agents, Lookout lookout) {
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

    /**
     * How well agents are seen by who decides.
     *
     * @param since when all replicas tell each other of their agents without a break; {@link Instant#MAX} where they do not
     * @param lastAgent when the gateway was last seen to have an agent, also one that was lost lately
     * @param lastMet when the gates were last seen to be passed
     */
    public record Lookout(Instant since, Instant lastAgent, Instant lastMet) {
        /** Of who has always seen all, of which there was nothing to be seen. */
        public static final Lookout ALWAYS = new Lookout(Instant.MIN, Instant.MIN, Instant.MIN);

        boolean isBlind() {
            return since.equals(Instant.MAX);
        }
    }
}
