package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The history of a control plane, as its API tells it.
 *
 * @param brokenChain what verifying the audit trail answered, where it is not intact
 */
record WrittenHistory(List<Entry> newestFirst, List<String> brokenChain) {
    private static final int AT_ONCE = 200;

    WrittenHistory {
        newestFirst = List.copyOf(newestFirst);
        brokenChain = List.copyOf(brokenChain);
    }

    /** A revision, with the words of its writer. */
    record Entry(long revision, String message) {}

    /**
     * What a client knows of a write.
     *
     * @param message its words, which no other write has
     * @param revision which it was told to be; none where nobody answered, so that it may be there or not
     */
    record Claim(String message, List<Long> revision) {
        Claim {
            revision = List.copyOf(revision);
        }
    }

    static WrittenHistory of(ApiClient api) {
        List<Entry> entries = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/revisions?limit=%d%s".formatted(AT_ONCE, cursor));
            page.path("items")
                    .forEach(item -> entries.add(new Entry(
                            item.path("revision").asLong(), item.path("message").asText())));
            cursor = page.has("before") ? "&before=" + page.path("before").asText() : "";
        } while (!cursor.isEmpty());
        JsonNode chain = api.get("/api/v1/audit-events/verify");
        return new WrittenHistory(
                entries, chain.path("intact").asBoolean() ? List.of() : List.of("the audit trail: " + chain));
    }

    /** What is wrong: a number left out or told twice, a write lost, elsewhere or done twice, a chain that is broken. */
    List<String> faults(Collection<Claim> claims) {
        Map<String, List<Long>> found = newestFirst.stream()
                .collect(Collectors.groupingBy(
                        Entry::message, Collectors.mapping(Entry::revision, Collectors.toList())));
        return Stream.of(
                        numbers().stream(),
                        claims.stream().flatMap(claim -> fault(claim, found.getOrDefault(claim.message(), List.of()))),
                        brokenChain.stream())
                .flatMap(faults -> faults)
                .toList();
    }

    private List<String> numbers() {
        List<String> faults = new ArrayList<>();
        long later = newestFirst.isEmpty() ? 1 : newestFirst.getFirst().revision() + 1;
        for (Entry entry : newestFirst) {
            if (entry.revision() != later - 1) {
                faults.add("revision %d comes before %d".formatted(entry.revision(), later));
            }
            later = entry.revision();
        }
        if (later != 1) {
            faults.add("the oldest revision is %d".formatted(later));
        }
        return faults;
    }

    private static Stream<String> fault(Claim claim, List<Long> found) {
        if (found.size() > 1) {
            return Stream.of("%s is there %d times: %s".formatted(claim.message(), found.size(), found));
        }
        return claim.revision().isEmpty() || claim.revision().equals(found)
                ? Stream.of()
                : Stream.of("%s was acknowledged as revision %s and is at %s"
                        .formatted(claim.message(), claim.revision(), found));
    }
}
