package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutSight.Seen;
import io.sallyport.usecase.RolloutView;
import java.time.Instant;
import java.util.List;

/** Where a gateway is with its changes, in JSON. */
public final class RolloutJson {
    private static final int MOST_AGENTS = 100;

    private RolloutJson() {}

    public static ObjectNode write(RolloutView view) {
        Rollout rollout = view.rollout();
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(rollout.gateway()));
        writeState(result, rollout);
        result.put("steps", view.policy().steps().size())
                .put("since", rollout.since().toString());
        if (!rollout.metSince().equals(Instant.MAX)) {
            result.put("passedSince", rollout.metSince().toString());
        }
        if (!view.waitingFor().isEmpty()) {
            result.put("waitingFor", view.waitingFor());
        }
        result.put("agents", view.agents());
        result.set("cohort", cohort(view.cohort()));
        Tree.list(result, "waiting", view.waiting(), RolloutJson::object);
        Tree.list(result, "events", view.events(), RolloutJson::write);
        return result;
    }

    private static void writeState(ObjectNode result, Rollout rollout) {
        result.put("phase", Choices.capitalized(rollout.phase()))
                .put("stable", rollout.stable().number())
                .put("candidate", rollout.candidate().number())
                .put("step", rollout.isUnderWay() ? rollout.step() + 1 : 0)
                .put("reason", rollout.reason())
                .put("by", rollout.by());
    }

    private static ObjectNode cohort(List<Seen> agents) {
        ObjectNode result = Tree.object()
                .put("total", agents.size())
                .put("effective", agents.stream().filter(Seen::isEffective).count())
                .put(
                        "rejected",
                        agents.stream()
                                .filter(agent -> !agent.refusal().isEmpty())
                                .count());
        Tree.list(result, "agents", agents.stream().limit(MOST_AGENTS).toList(), RolloutJson::agent);
        return result;
    }

    private static ObjectNode agent(Seen agent) {
        ObjectNode result =
                Tree.object().put("nodeId", agent.member().name().nodeId()).put("effective", agent.isEffective());
        String message = agent.refusal().isEmpty() ? agent.why() : "It refused " + agent.refusal();
        return message.isEmpty() ? result : result.put("message", message.endsWith(".") ? message : message + ".");
    }

    private static ObjectNode object(ResourceKey key) {
        return Tree.object()
                .put("kind", key.kind().documentName())
                .put("namespace", key.namespace().value())
                .put("name", key.name().name().value());
    }

    public static ObjectNode write(RolloutEvent event) {
        ObjectNode result = Tree.object()
                .put("sequence", event.sequence())
                .put("type", Choices.capitalized(event.type()))
                .put("at", event.rollout().since().toString());
        writeState(result, event.rollout());
        return result;
    }

    /** As events are named. */
    public static String type(RolloutEvent event) {
        return Choices.capitalized(event.type());
    }
}
