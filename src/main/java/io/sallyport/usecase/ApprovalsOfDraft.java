package io.sallyport.usecase;

import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.DemandStanding;
import java.util.List;

/**
 * What others must say of a draft before it is published, and what they said.
 *
 * @param words all that was said, whether it counts or not
 * @param isPublishable whether nothing else stands against it; it is not told what is asked for where something does
 */
public record ApprovalsOfDraft(List<DemandStanding> standings, List<Word> words, boolean isPublishable) {
    public ApprovalsOfDraft {
        standings = List.copyOf(standings);
        words = List.copyOf(words);
    }

    /** Whether nobody's word is missing. */
    public boolean isApproved() {
        return isPublishable && standings.stream().allMatch(DemandStanding::isMet);
    }

    /**
     * What somebody said.
     *
     * @param isCurrent whether it is on what the draft would do now
     */
    public record Word(Approval approval, boolean isCurrent) {}
}
