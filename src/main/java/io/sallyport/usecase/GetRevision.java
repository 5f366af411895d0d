package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;

/** Reads one entry of the history. */
public final class GetRevision {
    private final Authorizer authorizer;
    private final PolicyStore store;

    public GetRevision(Authorizer authorizer, PolicyStore store) {
        this.authorizer = authorizer;
        this.store = store;
    }

    /** With those of its changes that the caller may read. */
    public RevisionRecord get(Caller caller, Revision revision) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        RevisionRecord record = store.revision(revision)
                .orElseThrow(() -> new FailureException(new Failure.NotFound(
                        "There is no revision %s; the newest is %s.".formatted(revision, store.head()))));
        return SeenRevision.of(record, access);
    }
}
