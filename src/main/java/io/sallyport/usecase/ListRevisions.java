package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;

/** Lists the history, newest first, a page at a time. */
public final class ListRevisions {
    private final Authorizer authorizer;
    private final PolicyStore store;

    public ListRevisions(Authorizer authorizer, PolicyStore store) {
        this.authorizer = authorizer;
        this.store = store;
    }

    public Page<RevisionRecord> list(Caller caller, Revision before, int limit) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        Page<RevisionRecord> page = Page.first(store.revisionsBefore(before, limit + 1), limit);
        return page.with(page.items().stream()
                .map(record -> SeenRevision.of(record, access))
                .toList());
    }
}
