package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import java.time.Duration;
import java.util.List;

/**
 * Under which terms something is written.
 *
 * @param confirmWithin after which time it is taken back unless somebody confirms it; at most one
 * @param takesBack what this takes back, since nobody confirmed it; at most one. It opens nothing then.
 */
public record WriteTerms(List<Duration> confirmWithin, List<TakingBack> takesBack) {
    /** For good. */
    public static final WriteTerms NONE = new WriteTerms(List.of(), List.of());

    public static final Duration SHORTEST = Duration.ofSeconds(5);
    public static final Duration LONGEST = Duration.ofDays(7);

    public WriteTerms {
        confirmWithin = List.copyOf(confirmWithin);
        takesBack = List.copyOf(takesBack);
    }

    public static WriteTerms confirmedWithin(Duration time) {
        return new WriteTerms(List.of(time), List.of());
    }

    static WriteTerms takingBack(Revision revision, String left) {
        return new WriteTerms(List.of(), List.of(new TakingBack(revision, left)));
    }

    /** What is taken back, and what is left of it as it is. */
    record TakingBack(Revision revision, String left) {}
}
