package io.sallyport.feed;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.rollout.Cohort;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.Set;

/**
 * While a change is with some agents of a gateway first: what these run and what the others run. Either has all that was
 * taken away since.
 *
 * @param words how far the change is, for people: {@code rollout step 1 of 3}
 */
public record Split(Cohort cohort, Part candidate, Part waiting, String words) {

    /**
     * What some agents run.
     *
     * @param held the objects that are not in it as they are to be in the end
     */
    public record Part(Snapshot snapshot, Set<ResourceKey> held) {
        public Part {
            held = Set.copyOf(held);
        }
    }

    Offered of(Member member) {
        return cohort.includes(member)
                ? new Offered(Offered.Lane.CANDIDATE, candidate.snapshot())
                : new Offered(Offered.Lane.WAITING, waiting.snapshot());
    }
}
