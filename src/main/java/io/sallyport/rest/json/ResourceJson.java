package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Credential;
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
        Tree.list(status, "warnings", view.warnings(), warning -> write(warning, view.resource()));
        if (view.resource().spec() instanceof Credential credential) {
            CredentialStatusJson.write(status, credential);
        }
        return result;
    }

    /** Without status. */
    public static ObjectNode write(Resource<?> resource) {
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

    // The pointer is into this document; what the write did to another resource points nowhere in it.
    private static ObjectNode write(Warning warning, Resource<?> resource) {
        boolean ofItself = warning.subject().equals(resource.key());
        return Tree.object()
                .put("pointer", ofItself ? warning.pointer() : "")
                .put("reason", warning.reason())
                .put("message", ofItself ? warning.message() : subject(warning) + ": " + warning.message());
    }

    private static String subject(Warning warning) {
        return warning.isForeign()
                ? "a foreign " + warning.subject().kind().documentName()
                : warning.subject().toString();
    }
}
