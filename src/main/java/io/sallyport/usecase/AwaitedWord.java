package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.WriteTransaction;
import io.sallyport.usecase.WriteTerms.TakingBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is noted of a word that is awaited, in the transaction of the revision that awaits it or takes another back. */
record AwaitedWord(WriteTransaction transaction, WriteTerms terms) {

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
    List<Instant> given(Revision made, Stamp stamp) {
        for (TakingBack back : terms.takesBack()) {
            Confirmation waiting = transaction.confirmation(back.revision()).orElseThrow();
            transaction.put(waiting.reverted(stamp, List.of(made), back.left()));
        }
        for (Duration within : terms.confirmWithin()) {
            transaction.put(Confirmation.pending(made, stamp.at().plus(within), stamp.by()));
        }
        return terms.confirmWithin().stream().map(stamp.at()::plus).toList();
    }
}
