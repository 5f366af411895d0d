package io.sallyport.local.replicas;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What happens, counted, and what should not; both are concurrent. */
final class Tally {
    private static final int MOST_FINDINGS = 50;

    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Collection<String> findings = new ConcurrentLinkedQueue<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Something that was done to somebody, told with its time. */
    @SuppressWarnings("SystemOut")
    void event(String what, String whom) {
        count(what);
        System.out.println("%s %s %s".formatted(Instant.now(), what, whom).strip());
    }

    void most(String what, long value) {
        counts.merge(what, value, Math::max);
    }

    void finding(String what) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(what);
        }
    }

    Outcome outcome() {
        return new Outcome(
                counts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                List.copyOf(findings));
    }
}
