package io.sallyport.usecase;

import io.sallyport.domain.Name;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the history, newest first, a page at a time: revisions that changed something that the caller may read. */
public final class ListRevisions {
    private final Authorizer authorizer;
    private final PolicyStore store;

    public ListRevisions(Authorizer authorizer, PolicyStore store) {
        this.authorizer = authorizer;
        this.store = store;
    }

    public Page<RevisionSummary> list(Caller caller, RevisionFilter filter, Revision before, int limit) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        RevisionFilter readable = access.mayEverywhere(Right.READ) ? filter : filter.within(readable(access));
        return Page.first(store.summaries(readable, before, limit + 1), limit);
    }

    private static Set<Name> readable(Access access) {
        return access.within().keySet().stream()
                .filter(namespace -> access.may(Right.READ, namespace))
                .collect(Collectors.toUnmodifiableSet());
    }
}
