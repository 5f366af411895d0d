package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Resource;
import io.sallyport.usecase.Condition;
import io.sallyport.usecase.ResourceView;
import io.sallyport.usecase.Warning;

/** A stored resource as a document, which can be sent back as it is. */
public final class ResourceJson {
    private ResourceJson() {}

    public static ObjectNode write(ResourceView view) {
        ObjectNode result = write(view.resource());
        ObjectNode status = result.putObject("status");
        Tree.list(status, "conditions", view.conditions(), ResourceJson::write);
        Tree.list(status, "warnings", view.warnings(), ResourceJson::write);
        return result;
    }

    /** Without status. */
    static ObjectNode write(Resource<?> resource) {
        ObjectNode result = Tree.object()
                .put("apiVersion", DocumentJson.API_VERSION)
                .put("kind", resource.key().kind().documentName());
        result.set("metadata", MetadataJson.write(resource.metadata()));
        result.set("spec", SpecJson.write(resource.spec()));
        return result;
    }

    private static ObjectNode write(Condition condition) {
        return Tree.object()
                .put("type", condition.type())
                .put("status", condition.status() ? "True" : "False")
                .put("reason", condition.reason())
                .put("message", condition.message())
                .put("observedRevision", condition.observedRevision().number());
    }

    private static ObjectNode write(Warning warning) {
        return Tree.object()
                .put("pointer", warning.pointer())
                .put("reason", warning.reason())
                .put("message", warning.message());
    }
}
