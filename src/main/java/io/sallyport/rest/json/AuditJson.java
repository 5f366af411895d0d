package io.sallyport.rest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.usecase.VerifyAudit;

/** The audit trail in JSON. */
public final class AuditJson {
    private AuditJson() {}

    public static ObjectNode write(AuditEvent event) {
        AuditEntry entry = event.entry();
        ObjectNode result = Tree.object()
                .put("sequence", event.sequence())
                .put("at", entry.at().toString());
        result.putObject("actor")
                .put("name", entry.actor().name())
                .put("id", entry.actor().id());
        text(result, "request", entry.asked().id());
        text(result, "operation", entry.asked().operation());
        entry.subject().forEach(key -> result.set("resource", HistoryJson.reference(key)));
        result.put("outcome", Choices.capitalized(entry.outcome()));
        if (entry.status() > 0) {
            result.put("status", entry.status());
        }
        result.put("reason", entry.reason());
        if (!entry.revision().equals(Revision.NONE)) {
            result.put("revision", entry.revision().number());
        }
        tree(result, "before", entry.before());
        tree(result, "after", entry.after());
        if (entry.leftOut() > 0) {
            result.put("leftOut", entry.leftOut());
        }
        return result.put("hash", event.hash());
    }

    public static ObjectNode write(VerifyAudit.Verdict verdict) {
        ObjectNode result = Tree.object().put("intact", verdict.isIntact());
        result.putObject("verified")
                .put("sequence", verdict.verified().sequence())
                .put("hash", verdict.verified().hash());
        verdict.fault().forEach(fault -> result.put("fault", fault));
        return result;
    }

    private static void text(ObjectNode result, String name, String text) {
        if (!text.isEmpty()) {
            result.put(name, text);
        }
    }

    // Somebody may have tampered with it.
    private static void tree(ObjectNode result, String name, String json) {
        if (!json.isEmpty()) {
            try {
                result.set(name, Format.JSON.mapper().readTree(json));
            } catch (JsonProcessingException tampered) {
                result.put(name, json);
            }
        }
    }
}
