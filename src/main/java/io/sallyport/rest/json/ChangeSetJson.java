package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Change;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Violation;
import io.sallyport.domain.change.ChangeSet;
import java.util.List;

/** A draft in JSON: its documents as they were sent, but for the data of credentials. */
public final class ChangeSetJson {
    private ChangeSetJson() {}

    /** Its changes by name alone. */
    public static ObjectNode summary(ChangeSet changeSet) {
        ObjectNode result = head(changeSet);
        Tree.list(
                result,
                "changes",
                changeSet.changes(),
                change -> HistoryJson.reference(change.key())
                        .put("action", change instanceof Change.Put ? "Put" : "Delete"));
        return result;
    }

    public static ObjectNode write(ChangeSet changeSet) {
        ObjectNode result = head(changeSet);
        result.set(
                "documents",
                Tree.array(changeSet.changes().stream()
                        .map(ChangeSetJson::document)
                        .toList()));
        return result;
    }

    private static ObjectNode head(ChangeSet changeSet) {
        ObjectNode result = Tree.object()
                .put("id", changeSet.id().toString())
                .put("version", changeSet.version())
                .put("state", Choices.capitalized(changeSet.state()))
                .put("message", changeSet.message())
                .put("base", changeSet.base().number())
                .put("createdAt", changeSet.created().at().toString())
                .put("createdBy", changeSet.created().by())
                .put("updatedAt", changeSet.updated().at().toString())
                .put("updatedBy", changeSet.updated().by())
                .put("expiresAt", changeSet.expiresAt().toString());
        changeSet.publishedIn().forEach(in -> result.put("publishedIn", in.number()));
        return result;
    }

    private static ObjectNode document(Change change) {
        ResourceKey key = change.key();
        ObjectNode result = Tree.object()
                .put("apiVersion", DocumentJson.API_VERSION)
                .put("kind", key.kind().documentName());
        ObjectNode metadata = Tree.object();
        metadata.setAll(HistoryJson.reference(key));
        metadata.remove("kind");
        switch (change) {
            case Change.Delete delete -> {
                result.put("action", "Delete");
                result.set("metadata", metadata);
            }
            case Change.Put put -> {
                Resource<?> resource = put.resource();
                Tree.strings(metadata, "labels", resource.metadata().labels());
                Tree.strings(metadata, "annotations", resource.metadata().annotations());
                result.set("metadata", metadata);
                result.set("spec", SpecJson.write(resource.spec()));
            }
        }
        return result;
    }

    /** What stands against publishing it. */
    public static ObjectNode validation(List<Violation> violations) {
        ObjectNode result = Tree.object().put("valid", violations.isEmpty());
        result.set(
                "errors",
                Tree.array(violations.stream()
                        .map(violation -> Tree.object()
                                .put("pointer", violation.pointer())
                                .put("reason", violation.reason())
                                .put("message", violation.message()))
                        .toList()));
        return result;
    }
}
