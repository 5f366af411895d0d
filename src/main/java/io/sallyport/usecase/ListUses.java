package io.sallyport.usecase;

import io.sallyport.compiler.Uses;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.util.List;

/** Says where a resource is used, as far as the caller may read who uses it. */
public final class ListUses {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final PastStates pastStates;

    public ListUses(Authorizer authorizer, CurrentState current, PastStates pastStates) {
        this.authorizer = authorizer;
        this.current = current;
        this.pastStates = pastStates;
    }

    /**
     * A page of the uses.
     *
     * @param at the revision to look at; the current one where empty; at most one
     * @param after how many to pass over
     */
    public Found list(Caller caller, ResourceKey key, List<Revision> at, int after, int limit) {
        Access access = authorizer.access(caller);
        access.checkRead(key);
        DesiredState state = at.stream().findFirst().map(pastStates::at).orElseGet(current::get);
        if (state.find(key).isEmpty()) {
            throw new FailureException(
                    new Failure.NotFound("There is no %s at revision %s.".formatted(key, state.revision())));
        }
        List<Used> uses = Uses.of(state, key)
                .filter(use -> access.mayRead(use.by()))
                .skip(after)
                .limit(limit + 1L)
                .map(use -> new Used(use.by(), use.pointer(), use.how()))
                .toList();
        return new Found(state.revision(), Page.first(uses, limit));
    }

    /** Uses, and the state that they are of. */
    public record Found(Revision revision, Page<Used> page) {}

    /**
     * One use.
     *
     * @param pointer JSON Pointer (RFC 6901) into the document of {@code by}
     * @param how by name, by labels, or as its namespace
     */
    public record Used(ResourceKey by, String pointer, Enum<?> how) {}
}
