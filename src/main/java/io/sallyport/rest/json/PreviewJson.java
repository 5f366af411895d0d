package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    public static ObjectNode write(Preview preview) {
        ObjectNode result = Tree.object().put("base", preview.base().number());
        result.set(
                "changes",
                Tree.array(preview.changes().stream().map(ChangeJson::write).toList()));
        return result;
    }
}
