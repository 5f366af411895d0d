package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.usecase.WatchEvent;
import io.sallyport.usecase.WatchPosition;

/** What watchers are told, in JSON on one line. */
public final class WatchJson {
    private WatchJson() {}

    public static String write(WatchEvent event) {
        ObjectNode result = Tree.object()
                .put("revision", event.record().revision().number())
                .put("at", event.record().at().toString())
                .put("author", event.record().author())
                .put("message", event.record().message())
                .put("complete", event.isWhole());
        result.set(
                "changes",
                Tree.array(event.changes().stream().map(WatchJson::write).toList()));
        return result.toString();
    }

    private static ObjectNode write(WatchEvent.Seen seen) {
        ObjectNode result = HistoryJson.reference(seen.key()).put("action", Choices.capitalized(seen.how()));
        seen.resource().forEach(resource -> result.set("resource", ResourceJson.write(resource)));
        return result;
    }

    /** Up to where all was told. */
    public static String position(WatchPosition position) {
        return Tree.object().put("revision", position.revision().number()).toString();
    }

    public static String end(String reason) {
        return Tree.object().put("reason", reason).toString();
    }
}
