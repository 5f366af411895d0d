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

    public RevisionRecord get(Caller caller, Revision revision) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        return store.revision(revision)
                .map(record -> SeenRevision.of(record, access))
                .orElseThrow(() ->
                        new FailureException(new Failure.NotFound("There is no revision %s.".formatted(revision))));
    }
}
