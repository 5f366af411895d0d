package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A state and a request that were once decided differently, in a file. */
record SavedCase(TrialState state, Attempt attempt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("request", SavedAttempt.write(attempt));
        whole.set("documents", withoutSecrets(state.documents()));
        if (!state.later().isEmpty()) {
            whole.set("later", withoutSecrets(state.later()));
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, whole.toPrettyString() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode withoutSecrets(List<JsonNode> documents) {
        return JSON.createArrayNode()
                .addAll(documents.stream().map(SavedCase::withoutSecrets).toList());
    }

    private static JsonNode withoutSecrets(JsonNode document) {
        if (!isOf(document, "Credential")) {
            return document;
        }
        ObjectNode copy = document.deepCopy();
        copy.remove("spec");
        return copy;
    }

    private static boolean isOf(JsonNode document, String kind) {
        return document.path("kind").asText().equals(kind);
    }

    /** With keys and certificates of this run in place of those of then. */
    static SavedCase read(Path file) {
        try {
            JsonNode whole = JSON.readTree(Files.readString(file));
            return new SavedCase(
                    new TrialState(allRenewed(whole.path("documents")), allRenewed(whole.path("later"))),
                    SavedAttempt.read(whole.path("request")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<JsonNode> allRenewed(JsonNode documents) {
        List<JsonNode> renewed = new ArrayList<>();
        documents.forEach(document -> renewed.add(renewed(document)));
        return renewed;
    }

    private static JsonNode renewed(JsonNode document) {
        String name = document.at("/metadata/name").asText();
        if (isOf(document, "Credential")) {
            return Material.credential(document.at("/metadata/namespace").asText(), name);
        }
        return isOf(document, "SecurityPolicy") ? RandomPolicy.renewed(document) : document;
    }
}
