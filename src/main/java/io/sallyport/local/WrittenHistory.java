package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The history and the audit trail of a control plane, as the API tells them. */
record WrittenHistory(ApiClient api) {
    private static final int AT_ONCE = 200;

    /** What is wrong with them: a number left out, a chain that is broken. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        long expected = -1;
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/revisions?limit=%d%s".formatted(AT_ONCE, cursor));
            for (JsonNode revision : page.path("items")) {
                long number = revision.path("revision").asLong();
                if (expected >= 0 && number != expected) {
                    faults.add("revision %d comes before %d".formatted(number, expected + 1));
                }
                expected = number - 1;
            }
            cursor = page.has("before") ? "&before=" + page.path("before").asText() : "";
        } while (!cursor.isEmpty());
        if (expected != 0) {
            faults.add("the oldest revision is %d".formatted(expected + 1));
        }
        JsonNode chain = api.get("/api/v1/audit-events/verify");
        if (!chain.path("intact").asBoolean()) {
            faults.add("the audit trail: " + chain);
        }
        return faults;
    }
}
