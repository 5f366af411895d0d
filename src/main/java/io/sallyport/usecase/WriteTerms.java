package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.change.ChangeSet;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Under which terms something is written.
 *
 * @param confirmWithin after which time it is taken back unless somebody confirms it; at most one
 * @param takesBack what this takes back, since nobody confirmed it; at most one. It opens nothing then.
 * @param emergency that it is to be done without approvals; at most one, and not with {@code confirmWithin}
 * @param draft that it comes from; at most one
 */
public record WriteTerms(
        List<Duration> confirmWithin,
        List<TakingBack> takesBack,
        List<EmergencyWish> emergency,
        List<Deliberated> draft) {
    /** For good. */
    public static final WriteTerms NONE = new WriteTerms(List.of(), List.of(), List.of(), List.of());

    public static final Duration SHORTEST = Duration.ofSeconds(5);
    public static final Duration LONGEST = Duration.ofDays(7);

    public WriteTerms {
        confirmWithin = List.copyOf(confirmWithin);
        takesBack = List.copyOf(takesBack);
        emergency = List.copyOf(emergency);
        draft = List.copyOf(draft);
    }

    public static WriteTerms confirmedWithin(Duration time) {
        return new WriteTerms(List.of(time), List.of(), List.of(), List.of());
    }

    public static WriteTerms inEmergency(EmergencyWish wish) {
        return new WriteTerms(List.of(), List.of(), List.of(wish), List.of());
    }

    static WriteTerms takingBack(Revision revision, String left) {
        return new WriteTerms(List.of(), List.of(new TakingBack(revision, left)), List.of(), List.of());
    }

    /** The same of what a draft says. */
    WriteTerms of(ChangeSet draft) {
        return new WriteTerms(confirmWithin, takesBack, emergency, List.of(new Deliberated(draft, false)));
    }

    /** The same, and the draft is published with it or not at all. */
    WriteTerms publishing(ChangeSet draft) {
        return new WriteTerms(confirmWithin, takesBack, emergency, List.of(new Deliberated(draft, true)));
    }

    /** What was said on the draft, as whoever is asked knows it. */
    List<Approval> words(Function<About, List<Approval>> said) {
        return draft.stream().flatMap(one -> said.apply(one.about()).stream()).toList();
    }

    WriteTerms withoutEmergency() {
        return new WriteTerms(confirmWithin, takesBack, List.of(), draft);
    }

    /** What is taken back, and what is left of it as it is. */
    record TakingBack(Revision revision, String left) {}
}
