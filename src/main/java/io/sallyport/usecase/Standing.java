package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Progress;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.agent.Stage;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.SnapshotFeed;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where agents stand with revisions.
 *
 * @param unproven the listeners of an agent that have not reported yet, where that is known
 */
record Standing(SnapshotFeed feed, Function<AgentStatus, List<String>> unproven) {
    private static final int MOST_NAMED = 3;

    static Standing of(SnapshotFeed feed, Fleet fleet) {
        return new Standing(feed, fleet::unproven);
    }

    /** Who is gone may run whatever it had. */
    Stage stage(AgentStatus agent, Revision revision) {
        if (!agent.isConnected()) {
            return Stage.QUEUED;
        }
        Progress progress = agent.progress();
        if (has(agent, progress.effective(), revision)) {
            return Stage.EFFECTIVE;
        }
        if (has(agent, progress.acknowledged(), revision)) {
            return Stage.ACKNOWLEDGED;
        }
        return has(agent, progress.sent(), revision) ? Stage.SENT : Stage.QUEUED;
    }

    /** The same, where an agent that runs less of some object than its newest content has not come that far. */
    Stage wholeStage(AgentStatus agent, Revision revision, DesiredState state) {
        Stage stage = stage(agent, revision);
        boolean runsLess = agent.progress().held().stream()
                .anyMatch(held -> state.find(held.object())
                        .filter(object -> object.metadata().revision().isAfter(revision))
                        .isEmpty());
        return runsLess && stage.includes(Stage.SENT) ? Stage.SENT : stage;
    }

    // An older version is as good where nothing has changed for that gateway since.
    private boolean has(AgentStatus agent, SnapshotVersion version, Revision revision) {
        if (version.equals(SnapshotVersion.NONE)) {
            return false;
        }
        return !revision.isAfter(version.revision()) || isUnchangedSince(agent, version, revision);
    }

    private boolean isUnchangedSince(AgentStatus agent, SnapshotVersion version, Revision revision) {
        return !revision.isAfter(feed.revision())
                && feed.newest(agent.gateway())
                        .filter(newest -> !newest.version().revision().isAfter(revision))
                        .filter(newest -> newest.version().hash().equals(version.hash()))
                        .isPresent();
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
            case QUEUED ->
                agent.progress().waitingFor().isEmpty()
                        ? "It was not sent yet"
                        : "It was not sent yet: " + agent.progress().waitingFor();
            case SENT -> "It has not answered yet";
            case ACKNOWLEDGED -> unprovenOf(agent);
            case EFFECTIVE -> "";
        };
    }

    private String unprovenOf(AgentStatus agent) {
        List<String> listeners = unproven.apply(agent);
        return switch (agent.protocol()) {
            case AGENT -> "It has accepted it and not said yet that it is applied";
            case XDS_DELTA, XDS_STATE_OF_THE_WORLD ->
                "It has accepted it, and its access log does not show yet that it serves"
                        + (listeners.isEmpty() ? "" : ", at the listeners " + String.join(", ", listeners));
        };
    }

    /** That an object is refused, in the agent's words. */
    static String refused(Held held) {
        return "It refused what came of %s %s and runs what it accepted of it before, less what was revoked since; it said: %s%s"
                .formatted(
                        held.object().kind().documentName(),
                        held.object().name(),
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
