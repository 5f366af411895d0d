package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceTable;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads everything as it was at a revision, by kind, namespace and name, a page at a time. */
public final class ReadState {
    private final Authorizer authorizer;
    private final PastStates pastStates;

    public ReadState(Authorizer authorizer, PastStates pastStates) {
        this.authorizer = authorizer;
        this.pastStates = pastStates;
    }

    /**
     * A page of it, as far as the caller may read.
     *
     * @param kind those of one kind; at most one, as with the others
     * @param after those that come after this one
     */
    public Page<Resource<?>> read(
            Caller caller,
            Revision revision,
            List<Kind> kind,
            List<Name> namespace,
            List<ResourceKey> after,
            int limit) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        namespace.forEach(one -> access.check(Right.READ, one));
        DesiredState state = pastStates.at(revision);
        List<Resource<?>> found = Arrays.stream(Kind.values())
                .filter(one -> kind.isEmpty() || kind.contains(one))
                .filter(one -> after.stream().noneMatch(last -> one.compareTo(last.kind()) < 0))
                .flatMap(one -> rest(state, one, after))
                .filter(resource -> access.mayRead(resource.key()))
                .filter(resource -> namespace.isEmpty() || namespace.contains(resource.namespace()))
                .limit(limit + 1L)
                .toList();
        return Page.first(found, limit);
    }

    private static Stream<Resource<?>> rest(DesiredState state, Kind kind, List<ResourceKey> after) {
        ResourceTable all = state.resources(kind);
        return after.stream()
                .filter(last -> last.kind() == kind)
                .findFirst()
                .map(last ->
                        all.from(last.name()).filter(resource -> !resource.key().equals(last)))
                .orElseGet(() -> all.values().stream());
    }
}
