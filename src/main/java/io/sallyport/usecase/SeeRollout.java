package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.agent.Stage;
import io.sallyport.domain.rollout.RolloutCourse;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutSight;
import io.sallyport.domain.rollout.RolloutSight.Lookout;
import io.sallyport.domain.rollout.RolloutSight.Seen;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.usecase.StageRollouts.Situation;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the ledger says of the agents of a gateway and of what they are to run next. The maps are concurrent: who drives and
 * who shows come here.
 */
public final class SeeRollout {
    private final CurrentState current;
    private final StageRollouts stage;
    private final SnapshotFeed feed;
    private final Fleet fleet;
    private final Map<ResourceName, Instant> lastAgent = new ConcurrentHashMap<>();
    private final Map<ResourceName, Instant> lastMet = new ConcurrentHashMap<>();

    public SeeRollout(CurrentState current, StageRollouts stage, SnapshotFeed feed, Fleet fleet) {
        this.current = current;
        this.stage = stage;
        this.feed = feed;
        this.fleet = fleet;
    }

    /** Empty where the gateway has no policy, or where that is not known yet. */
    Optional<Situation> situation(ResourceName gateway) {
        return stage.situation(gateway);
    }

    /** @param by who is told to have done what is done next */
    RolloutCourse course(RolloutPolicy policy, Situation situation, Instant now, String by) {
        return new RolloutCourse(policy, sight(situation, now), now, by);
    }

    /** Its gates are passed now. */
    void passed(ResourceName gateway, Instant now) {
        lastMet.put(gateway, now);
    }

    private RolloutSight sight(Situation situation, Instant now) {
        ResourceName gateway = situation.rollout().gateway();
        Standing standing = Standing.of(feed, fleet);
        List<Seen> agents = fleet.agents().stream()
                .filter(agent -> agent.gateway().equals(gateway))
                .map(agent -> seen(agent, standing, situation))
                .toList();
        if (!agents.isEmpty()) {
            lastAgent.put(gateway, now);
        }
        Lookout lookout = new Lookout(
                fleet.wholeSince(now),
                lastAgent.getOrDefault(gateway, Instant.MIN),
                lastMet.getOrDefault(gateway, Instant.MIN));
        return new RolloutSight(
                situation.head(), situation.waits(), situation.isBehind(), situation.carries(), agents, lookout);
    }

    private Seen seen(AgentStatus agent, Standing standing, Situation situation) {
        Revision candidate = situation.rollout().candidate();
        Stage stage = standing.wholeStage(agent, candidate, current.get());
        return new Seen(
                agent.member(), stage == Stage.EFFECTIVE, standing.why(agent, stage), refusal(agent, situation));
    }

    // Of what it refused long ago, or while it waited, the candidate is not to blame.
    private String refusal(AgentStatus agent, Situation situation) {
        Stream<String> held = agent.progress().held().stream()
                .filter(one -> situation.held().contains(one.object()))
                .map(SeeRollout::words);
        Stream<String> rejected = agent.progress().types().values().stream()
                .flatMap(type -> type.rejections().stream())
                .filter(rejection -> isOfCandidate(agent, rejection.version(), situation))
                .map(Rejection::reason);
        Optional<String> first = Stream.concat(held, rejected).findFirst();
        return first.orElse("");
    }

    private static String words(Held held) {
        return "%s %s, as it says: %s"
                .formatted(held.object().kind().documentName(), held.object().name(), held.reason());
    }

    private boolean isOfCandidate(AgentStatus agent, SnapshotVersion version, Situation situation) {
        Set<ResourceKey> lacking = feed.heldBack(agent.gateway(), version);
        return !situation.rollout().candidate().isAfter(version.revision())
                && Collections.disjoint(lacking, situation.held());
    }
}
