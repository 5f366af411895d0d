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
        return preview(caller, applyDocuments.judge(caller, order), order, wish);
    }

    /** The same for somebody who may read all of it, whether he may write it or not. */
    Preview previewToRead(Caller caller, WriteOrder order, PreviewWish wish) {
        return preview(caller, applyDocuments.judgeToRead(caller, order), order, wish);
    }

    private Preview preview(Caller caller, Judged judged, WriteOrder order, PreviewWish wish) {
        return foresee.of(authorizer.accessAt(caller, judged.plan().base()), judged, wish, clock.instant())
                .with(applyDocuments.standings(judged, order.terms()));
    }
}
