package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Writes one change after the other, each of two namespaces at once and under a key of its own, until nobody answers; and
 * knows what it was told.
 */
final class KilledWriter {
    private static final int UNAVAILABLE = 503;

    private final ApiClient api;
    private final String name;
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final List<Integer> unanswered = new ArrayList<>();
    private final List<ApiClient.Answer> refused = new ArrayList<>();

    KilledWriter(ApiClient api, String name) {
        this.api = api;
        this.name = name;
    }

    /** The number of the change, and what was said of it. */
    record Acknowledged(int number, String revision, String body) {}

    void writeUntilNobodyAnswers() {
        for (int number = 0; unanswered.isEmpty(); number++) {
            try {
                ApiClient.Answer answer = write(api, number);
                if (answer.status() >= 300) {
                    unanswered.add(number);
                    refused.add(answer);
                } else {
                    acknowledged.add(new Acknowledged(number, answer.revision(), answer.body()));
                }
            } catch (UncheckedIOException killed) {
                unanswered.add(number);
            }
        }
    }

    private ApiClient.Answer write(ApiClient to, int number) {
        return to.applyOnce("%s---%n%s".formatted(namespace("a", number), namespace("b", number)), key(number));
    }

    private String namespace(String half, int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: %s-%s, labels: {number: "n%d"}}
                spec: {}
                """.formatted(name, half, number);
    }

    private String key(int number) {
        return name + "-" + number;
    }

    boolean isBeforeItsFirst() {
        return acknowledged.isEmpty() && unanswered.isEmpty();
    }

    List<Acknowledged> acknowledged() {
        return acknowledged;
    }

    List<Integer> unanswered() {
        return unanswered;
    }

    /** What is known of all that was written. */
    Stream<WrittenHistory.Claim> claims() {
        return Stream.concat(
                acknowledged.stream()
                        .map(one -> new WrittenHistory.Claim(key(one.number()), List.of(Long.valueOf(one.revision())))),
                unanswered.stream().map(number -> new WrittenHistory.Claim(key(number), List.of())));
    }

    /** What is not as it was told, by the control plane that came after. */
    List<String> faults(ApiClient after) {
        List<String> faults = new ArrayList<>();
        refused.stream()
                .filter(answer -> answer.status() != UNAVAILABLE)
                .forEach(answer -> faults.add("%s was refused: %s".formatted(name, answer)));
        acknowledged.forEach(one -> isInHistory(after, one).ifPresent(faults::add));
        int last = unanswered.getFirst();
        String a = number(after, "a");
        String b = number(after, "b");
        if (!a.equals(b)) {
            faults.add("%s: one half is at %s and the other at %s".formatted(name, a, b));
        }
        if (!a.equals("n" + (last - 1)) && !a.equals("n" + last)) {
            faults.add("%s is at %s after %d were acknowledged".formatted(name, a, acknowledged.size()));
        }
        repeated(after, a, last).ifPresent(faults::add);
        return faults;
    }

    private Optional<String> isInHistory(ApiClient after, Acknowledged one) {
        JsonNode state = after.getIfThere("/api/v1/namespaces/%s-a?revision=%s".formatted(name, one.revision()));
        String found = state.at("/metadata/labels/number").asText();
        return found.equals("n" + one.number())
                ? Optional.empty()
                : Optional.of("%s: revision %s was acknowledged for n%d and has %s"
                        .formatted(name, one.revision(), one.number(), found.isEmpty() ? "nothing of it" : found));
    }

    private String number(ApiClient after, String half) {
        JsonNode state = after.getIfThere("/api/v1/namespaces/%s-%s".formatted(name, half));
        return state.isMissingNode()
                ? "n-1"
                : state.at("/metadata/labels/number").asText();
    }

    // The last acknowledged is answered from memory; the one that nobody answered is done now, unless it was done
    // already.
    private Optional<String> repeated(ApiClient after, String found, int last) {
        if (!acknowledged.isEmpty()) {
            Acknowledged newest = acknowledged.getLast();
            ApiClient.Answer again = write(after, newest.number());
            if (!again.isReplayed()
                    || !again.revision().equals(newest.revision())
                    || !again.body().equals(newest.body())) {
                return Optional.of("%s: n%d repeated was answered otherwise: %s instead of %s"
                        .formatted(name, newest.number(), again, newest));
            }
        }
        ApiClient.Answer late = write(after, last);
        boolean isUnderWay = late.status() == 409;
        if (!isUnderWay && (late.status() >= 300 || !number(after, "a").equals("n" + last))) {
            return Optional.of("%s: n%d, which nobody answered, repeated at %s: %s".formatted(name, last, found, late));
        }
        return Optional.empty();
    }
}
