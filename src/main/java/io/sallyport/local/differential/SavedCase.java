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
        whole.set(
                "documents",
                JSON.createArrayNode()
                        .addAll(state.documents().stream()
                                .map(SavedCase::withoutSecrets)
                                .toList()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, whole.toPrettyString() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
            List<JsonNode> documents = new ArrayList<>();
            whole.path("documents").forEach(document -> documents.add(renewed(document)));
            return new SavedCase(new TrialState(documents), SavedAttempt.read(whole.path("request")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode renewed(JsonNode document) {
        String name = document.at("/metadata/name").asText();
        if (isOf(document, "Credential")) {
            return Material.credential(document.at("/metadata/namespace").asText(), name);
        }
        return isOf(document, "SecurityPolicy") && name.equals("tokens") ? RandomPolicy.tokens() : document;
    }
}
