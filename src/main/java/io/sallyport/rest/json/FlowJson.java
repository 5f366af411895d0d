package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.decision.SourcePart;
import java.util.List;

/** Flows that open and close, in JSON. */
final class FlowJson {
    private FlowJson() {}

    static ObjectNode write(FlowChanges flows) {
        ObjectNode result = Tree.object();
        result.set("opened", write(flows.opened(), flows.openedCount()));
        result.set("closed", write(flows.closed(), flows.closedCount()));
        return result;
    }

    private static ObjectNode write(List<FlowChange> named, long count) {
        ObjectNode result = Tree.object().put("count", count);
        result.set("items", Tree.array(named.stream().map(FlowJson::write).toList()));
        return result.put("more", count - named.size());
    }

    static ObjectNode write(FlowChange flow) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(flow.gateway()));
        result.put("listener", flow.listener().value())
                .put("host", flow.host().value())
                .put("port", flow.port().value());
        result.set("destination", ReferenceJson.write(flow.destination()));
        result.set("source", write(flow.source()));
        result.put("before", flow.before()).put("after", flow.after());
        flow.since().forEach(since -> result.put("since", since.toString()));
        return result;
    }

    private static ObjectNode write(SourcePart part) {
        ObjectNode result = Tree.object();
        part.principal().forEach(principal -> result.put("principal", principal.value()));
        part.range().forEach(range -> result.put("cidr", range.toString()));
        if (part.principal().isEmpty() && part.range().isEmpty()) {
            result.put("anyone", true);
        }
        Tree.texts(result, "ipBlocks", part.from());
        if (part.isRest()) {
            result.put("rest", true);
        }
        return result;
    }
}
