package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.util.List;
import java.util.function.Supplier;

/** Reads one resource. */
public final class GetResource {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final PastStates pastStates;
    private final Observe observe;

    public GetResource(Authorizer authorizer, CurrentState current, PastStates pastStates, Observe observe) {
        this.authorizer = authorizer;
        this.current = current;
        this.pastStates = pastStates;
        this.observe = observe;
    }

    public ResourceView get(Caller caller, ResourceKey key) {
        return get(caller, key, current::get);
    }

    /** As it is now, for who may write it: who may not is told so, whether it is there or not. */
    public ResourceView getToWrite(Caller caller, ResourceKey key) {
        Access access = authorizer.access(caller);
        access.checkRead(key);
        access.checkWrite(
                key, current.get().find(key).stream().map(Resource::spec).toList());
        return get(caller, key);
    }

    /** As it was. */
    public ResourceView get(Caller caller, ResourceKey key, Revision revision) {
        return get(caller, key, () -> pastStates.at(revision));
    }

    private ResourceView get(Caller caller, ResourceKey key, Supplier<DesiredState> looked) {
        Access access = authorizer.access(caller);
        access.checkRead(key);
        DesiredState state = looked.get();
        Resource<?> resource = state.find(key)
                .orElseThrow(() -> new FailureException(
                        new Failure.NotFound("There is no %s at revision %s.".formatted(key, state.revision()))));
        return observe.views(access, state, List.of(resource)).getFirst();
    }
}
