package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.usecase.Drain;
import io.sallyport.usecase.GatewayPreview;
import io.sallyport.usecase.Preview;
import io.sallyport.usecase.ResourceView;

/** What a write would do, in JSON. */
public final class PreviewJson {
    private PreviewJson() {}

    /** In the form of what an apply did, which this did not. */
    public static ObjectNode writeAsApplied(Preview preview) {
        ObjectNode result =
                Tree.object().put("dryRun", true).put("revision", preview.base().number());
        result.set(
                "items",
                Tree.array(preview.effects().stream().map(HistoryJson::write).toList()));
        Tree.list(result, "warnings", preview.warnings(), HistoryJson::write);
        result.set("preview", write(preview));
        return result;
    }

    /** In the form of the resource that would be stored. */
    public static ObjectNode writeAsStored(Preview preview) {
        ResourceView view = preview.resources().getFirst();
        ObjectNode result = ResourceJson.write(view.withWarnings(preview.warnings()));
        result.withObject("/status").set("preview", write(preview));
        return result;
    }

    /** What would follow. */
    public static ObjectNode write(Preview preview) {
        ObjectNode result = Tree.object().put("base", preview.base().number());
        result.set(
                "changes",
                Tree.array(preview.changes().stream().map(ChangeJson::write).toList()));
        result.set("flows", FlowJson.write(preview.flows()));
        result.set("approvals", ApprovalJson.standings(preview.approvals()));
        ObjectNode workloads = result.putObject("workloads").put("count", preview.workloadCount());
        workloads.set(
                "items",
                Tree.array(
                        preview.workloads().stream().map(ReferenceJson::write).toList()));
        result.set(
                "gateways",
                Tree.array(preview.gateways().stream().map(PreviewJson::write).toList()));
        return result;
    }

    private static ObjectNode write(GatewayPreview gateway) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(gateway.gateway()));
        result.put("readable", gateway.isShown());
        result.set(
                "config",
                Tree.array(gateway.config().stream().map(PreviewJson::write).toList()));
        result.set(
                "connections",
                Tree.array(gateway.drains().stream().map(PreviewJson::write).toList()));
        result.set(
                "agents",
                Tree.array(gateway.agents().stream().map(PreviewJson::write).toList()));
        return result;
    }

    static ObjectNode write(ConfigChange change) {
        ObjectNode result = Tree.object()
                .put("type", change.type())
                .put("name", change.name())
                .put("change", Choices.capitalized(change.sort()));
        if (!change.text().isEmpty()) {
            result.put("text", String.join("\n", change.text()));
        }
        return result;
    }

    private static ObjectNode write(Drain drain) {
        return Tree.object()
                .put("listener", drain.listener())
                .put("become", Choices.capitalized(drain.sort()))
                .put("why", drain.why());
    }

    private static ObjectNode write(AgentStatus agent) {
        return Tree.object().put("id", agent.id()).put("nodeId", agent.nodeId());
    }
}
