package io.sallyport.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is known of a resource beside its spec.
 *
 * @param generation 1 at creation; moves with the spec alone
 * @param revision of the last change of spec, labels or annotations; also the ETag
 */
public record Metadata(
        ResourceKey key,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        UUID uid,
        long generation,
        Revision revision,
        Stamp created,
        Stamp updated) {

    public Metadata {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** Who did something, and when, to the microsecond that a database can hold. */
    public record Stamp(Instant at, String by) {
        public Stamp {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    public static SortedMap<String, String> noLabels() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of()));
    }
}
