package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.domain.change.UnapprovedWrite;
import io.sallyport.store.WriteTransaction;
import io.sallyport.usecase.WriteTerms.TakingBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is noted of a word that is awaited, in the transaction of the revision that awaits it or takes another back.
 *
 * @param content what words on a draft must be on, to be on what is written too
 */
record AwaitedWord(WriteTransaction transaction, WriteTerms terms, String content) {

    /** Throws {@code Conflict} where what is to be taken back was confirmed or taken back meanwhile. */
    void refuseSettled() {
        for (TakingBack back : terms.takesBack()) {
            if (transaction.confirmation(back.revision()).stream().noneMatch(Confirmation::isPending)) {
                throw new FailureException(
                        new Failure.Conflict("Revision %s waits for nobody any more.".formatted(back.revision())));
            }
        }
    }

    /** When the new revision is taken back unless it is confirmed. */
    List<Instant> given(Revision made, Stamp stamp, List<UnapprovedWrite> unapproved) {
        for (TakingBack back : terms.takesBack()) {
            Confirmation waiting = transaction.confirmation(back.revision()).orElseThrow();
            transaction.put(waiting.reverted(stamp, List.of(made), back.left()));
        }
        for (Duration within : terms.confirmWithin()) {
            transaction.put(Confirmation.pending(made, stamp.at().plus(within), stamp.by()));
        }
        for (UnapprovedWrite without : unapproved) {
            transaction.put(Confirmation.pending(made, until(stamp), stamp.by(), without));
            takeOver(made, without);
        }
        return unapproved.isEmpty()
                ? terms.confirmWithin().stream().map(stamp.at()::plus).toList()
                : List.of(until(stamp));
    }

    private Instant until(Stamp stamp) {
        return stamp.at().plus(terms.emergency().getFirst().within());
    }

    // What was said on the draft is said on the revision that came of it, by those who are not its authors.
    private void takeOver(Revision made, UnapprovedWrite without) {
        terms.words(transaction::approvals).stream()
                .filter(word -> word.content().equals(content))
                .filter(word -> !without.authors().contains(word.id()))
                .forEach(word -> transaction.put(About.revision(made), word));
    }
}
