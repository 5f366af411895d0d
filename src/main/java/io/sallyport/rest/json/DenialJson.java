package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.agent.DecisionCount;
import io.sallyport.domain.agent.Denial;
import io.sallyport.usecase.ListDenials.Denials;

/** What was refused lately, in JSON. */
public final class DenialJson {
    private DenialJson() {}

    public static ObjectNode write(Denials denials) {
        ObjectNode result = Tree.object();
        result.set(
                "items",
                Tree.array(denials.last().stream().map(DenialJson::denial).toList()));
        result.set(
                "counts",
                Tree.array(denials.counts().stream().map(DenialJson::count).toList()));
        return result.put("notKept", denials.notKept());
    }

    private static ObjectNode denial(Denial denial) {
        ObjectNode result = Tree.object().put("time", denial.at().toString());
        result.set("gateway", ReferenceJson.write(denial.agent().gateway()));
        result.put("listener", denial.listener()).put("nodeId", denial.agent().nodeId());
        put(result, "source", denial.asked().source());
        put(result, "identity", denial.asked().identity());
        put(result, "host", denial.asked().host());
        put(result, "method", denial.asked().method());
        put(result, "path", denial.asked().path());
        put(result, "rule", denial.refusal().rule());
        put(result, "reason", denial.refusal().reason());
        put(result, "authorization", denial.refusal().authorization());
        return denial.refusal().status() == 0
                ? result
                : result.put("status", denial.refusal().status());
    }

    private static void put(ObjectNode result, String name, String value) {
        if (!value.isEmpty()) {
            result.put(name, value);
        }
    }

    private static ObjectNode count(DecisionCount count) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(count.gateway()));
        put(result, "rule", count.rule());
        result.put("action", count.isAllowed() ? "allowed" : "denied");
        put(result, "reason", count.reason());
        return result.put("count", count.count());
    }
}
