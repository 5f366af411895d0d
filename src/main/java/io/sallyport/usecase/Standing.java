package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Progress;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.agent.Stage;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.feed.Split;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where agents stand with revisions.
 *
 * @param unproven the listeners of an agent that have not reported yet, where that is known
 */
record Standing(SnapshotFeed feed, Function<AgentStatus, List<String>> unproven) {
    private static final int MOST_NAMED = 3;
    private static final String UNASKED =
            " (TCP at an IPv6 address: an Envoy cannot ask it by itself, so the first connection of somebody else will show it)";

    static Standing of(SnapshotFeed feed, Fleet fleet) {
        return new Standing(feed, fleet::unproven);
    }

    /** How far it has come with one object. Who is gone may run whatever it had. */
    Stage stage(AgentStatus agent, Resource<?> object) {
        return stage(agent, object.metadata().revision(), object.key()::equals);
    }

    // A version of which something is held back is not of its revision as far as that goes.
    private Stage stage(AgentStatus agent, Revision revision, Predicate<ResourceKey> matters) {
        if (!agent.isConnected()) {
            return Stage.QUEUED;
        }
        Progress progress = agent.progress();
        if (has(agent, progress.effective(), revision, matters)) {
            return Stage.EFFECTIVE;
        }
        if (has(agent, progress.acknowledged(), revision, matters)) {
            return Stage.ACKNOWLEDGED;
        }
        return has(agent, progress.sent(), revision, matters) ? Stage.SENT : Stage.QUEUED;
    }

    /** The same, where an agent that runs less of some object than its newest content has not come that far. */
    Stage wholeStage(AgentStatus agent, Revision revision, DesiredState state) {
        Predicate<ResourceKey> isOfIt = key -> state.find(key)
                .filter(object -> object.metadata().revision().isAfter(revision))
                .isEmpty();
        Stage stage = stage(agent, revision, isOfIt);
        boolean runsLess = agent.progress().held().stream().map(Held::object).anyMatch(isOfIt);
        return runsLess && stage.includes(Stage.SENT) ? Stage.SENT : stage;
    }

    // An older version is as good where nothing has changed for that gateway since.
    private boolean has(AgentStatus agent, SnapshotVersion version, Revision revision, Predicate<ResourceKey> matters) {
        if (version.equals(SnapshotVersion.NONE)) {
            return false;
        }
        return revision.isAfter(version.revision())
                ? isUnchangedSince(agent, version, revision, matters)
                : isWhole(agent, version, matters);
    }

    private boolean isWhole(AgentStatus agent, SnapshotVersion version, Predicate<ResourceKey> matters) {
        return feed.heldBack(agent.gateway(), version).stream().noneMatch(matters);
    }

    private boolean isUnchangedSince(
            AgentStatus agent, SnapshotVersion version, Revision revision, Predicate<ResourceKey> matters) {
        return !revision.isAfter(feed.revision())
                && feed.offered(agent.member())
                        .map(offered -> offered.snapshot().version())
                        .filter(newest -> !newest.revision().isAfter(revision))
                        .filter(newest -> newest.hash().equals(version.hash()))
                        .filter(newest -> isWhole(agent, newest, matters))
                        .isPresent();
    }

    /** How far a gateway is with an object that not all of its agents are to run yet; empty where all are. */
    Optional<String> rollout(ResourceName gateway, ResourceKey object) {
        return feed.split(gateway)
                .filter(split -> split.waiting().held().contains(object))
                .map(Split::words);
    }

    /** That a change has not come to an agent since it is with others first; empty where it is not so. */
    private Optional<String> isLater(AgentStatus agent) {
        return feed.split(agent.gateway())
                .filter(split -> !split.cohort().includes(agent.member()))
                .map(split -> "It is to get it later (%s of %s)".formatted(split.words(), agent.gateway()));
    }

    /** Why it has come no further than that. */
    String why(AgentStatus agent, Stage stage) {
        return stage == Stage.EFFECTIVE ? "" : cause(agent, stage) + still(agent);
    }

    private String cause(AgentStatus agent, Stage stage) {
        if (!agent.isConnected()) {
            return "Its stream ended at %s".formatted(agent.goneAt());
        }
        if (!agent.progress().held().isEmpty()) {
            return agent.progress().held().stream()
                    .limit(MOST_NAMED)
                    .map(Standing::refused)
                    .collect(Collectors.joining("; "));
        }
        if (!agent.lastError().isEmpty()) {
            return rejections(agent);
        }
        return switch (stage) {
            case QUEUED -> isLater(agent).orElseGet(() -> unsent(agent));
            case SENT -> "It has not answered yet";
            case ACKNOWLEDGED -> unprovenOf(agent);
            case EFFECTIVE -> "";
        };
    }

    private static String unsent(AgentStatus agent) {
        return agent.progress().waitingFor().isEmpty()
                ? "It was not sent yet"
                : "It was not sent yet: " + agent.progress().waitingFor();
    }

    private String unprovenOf(AgentStatus agent) {
        List<String> listeners = unproven.apply(agent);
        return switch (agent.protocol()) {
            case AGENT -> "It has accepted it and not said yet that it is applied";
            case XDS_DELTA, XDS_STATE_OF_THE_WORLD ->
                "It has accepted it, and its access log does not show yet that it serves"
                        + (listeners.isEmpty() ? "" : ", at the listeners " + named(agent, listeners));
        };
    }

    private String named(AgentStatus agent, List<String> listeners) {
        Set<String> unasked = feed.offered(agent.member()).stream()
                .flatMap(offered -> offered.snapshot().listeners().stream())
                .map(ListenerSnapshot::listener)
                .filter(listener -> !listener.canBeAsked())
                .map(listener -> listener.name().value())
                .collect(Collectors.toSet());
        return listeners.stream()
                .map(listener -> unasked.contains(listener) ? listener + UNASKED : listener)
                .collect(Collectors.joining(", "));
    }

    /** That an object is refused, in the agent's words. */
    static String refused(Held held) {
        return "It refused what came of %s %s and %s; it said: %s%s"
                .formatted(
                        held.object().kind().documentName(),
                        held.object().name(),
                        held.instead(),
                        held.reason(),
                        held.passes() ? " (it is tried again now and then)" : "");
    }

    private static String rejections(AgentStatus agent) {
        String refused = agent.progress().types().entrySet().stream()
                .flatMap(type -> type.getValue().rejections().stream().map(one -> named(type.getKey(), one)))
                .collect(Collectors.joining("; "));
        return "It refused " + (refused.isEmpty() ? agent.lastError() : refused);
    }

    private static String named(String type, Rejection rejection) {
        return type + " " + String.join(", ", rejection.resources()) + ": " + rejection.reason();
    }

    private static String still(AgentStatus agent) {
        Progress progress = agent.progress();
        SnapshotVersion runs =
                progress.effective().equals(SnapshotVersion.NONE) ? progress.acknowledged() : progress.effective();
        return runs.equals(SnapshotVersion.NONE)
                ? "; it has accepted nothing yet"
                : "; it may still run revision " + runs.revision();
    }
}
