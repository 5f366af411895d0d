package io.sallyport.usecase;

import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.time.InstantSource;

/** Tells what a write would do. It passes the same checks as the write, is refused as that would be, and stores nothing. */
public final class PreviewWrite {
    private final ApplyDocuments applyDocuments;
    private final Authorizer authorizer;
    private final Foresee foresee;
    private final InstantSource clock;

    public PreviewWrite(ApplyDocuments applyDocuments, Authorizer authorizer, Foresee foresee, InstantSource clock) {
        this.applyDocuments = applyDocuments;
        this.authorizer = authorizer;
        this.foresee = foresee;
        this.clock = clock;
    }

    public Preview preview(Caller caller, WriteOrder order, PreviewWish wish) {
        Judged judged = applyDocuments.judge(caller, order);
        return foresee.of(authorizer.accessAt(caller, judged.plan().base()), judged, wish, clock.instant());
    }
}
