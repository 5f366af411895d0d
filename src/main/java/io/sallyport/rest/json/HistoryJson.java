package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Change;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.RevisionSummary.Action;
import io.sallyport.domain.RevisionSummary.Touch;
import io.sallyport.usecase.Effect;
import io.sallyport.usecase.Warning;
import io.sallyport.usecase.Written;
import java.util.Locale;

/** What writes did, in JSON. */
public final class HistoryJson {
    private HistoryJson() {}

    /** An entry of the history; its changes with the resources as they became. */
    public static ObjectNode write(RevisionRecord record) {
        ObjectNode result = head(RevisionSummary.of(record));
        Tree.list(result, "changes", record.changes(), HistoryJson::write);
        return result;
    }

    /** An entry of the history, its first changes by name alone. */
    public static ObjectNode summary(RevisionSummary summary) {
        ObjectNode result = head(summary);
        Tree.list(result, "changes", summary.changes(), HistoryJson::named);
        return result;
    }

    private static ObjectNode head(RevisionSummary summary) {
        ObjectNode result = Tree.object()
                .put("revision", summary.revision().number())
                .put("at", summary.at().toString())
                .put("author", summary.author())
                .put("message", summary.message())
                .put("hash", summary.hash());
        result.putObject("counts")
                .put("created", summary.counts().created())
                .put("replaced", summary.counts().replaced())
                .put("deleted", summary.counts().deleted());
        return result;
    }

    private static ObjectNode write(Change change) {
        ObjectNode result = named(new Touch(change.key(), Action.of(change)));
        if (change instanceof Change.Put put) {
            result.set("resource", ResourceJson.write(put.resource()));
        }
        return result;
    }

    private static ObjectNode named(Touch touch) {
        return reference(touch.key()).put("action", Choices.capitalized(touch.action()));
    }

    /** What an apply did. */
    public static ObjectNode write(Written written) {
        ObjectNode result = Tree.object().put("revision", written.revision().number());
        result.set(
                "items",
                Tree.array(written.effects().stream().map(HistoryJson::write).toList()));
        Tree.list(result, "warnings", written.warnings(), HistoryJson::write);
        return result;
    }

    static ObjectNode write(Effect effect) {
        String name = effect.outcome().name();
        return reference(effect.key())
                .put("result", name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
    }

    static ObjectNode write(Warning warning) {
        return subject(warning)
                .put("pointer", warning.pointer())
                .put("reason", warning.reason())
                .put("message", warning.message());
    }

    private static ObjectNode subject(Warning warning) {
        return warning.isForeign()
                ? Tree.object()
                        .put("kind", warning.subject().kind().documentName())
                        .put("foreign", true)
                : reference(warning.subject());
    }

    static ObjectNode reference(ResourceKey key) {
        ObjectNode result = Tree.object().put("kind", key.kind().documentName());
        if (key.kind() != Kind.NAMESPACE) {
            result.put("namespace", key.namespace().value());
        }
        return result.put("name", key.name().name().value());
    }
}
