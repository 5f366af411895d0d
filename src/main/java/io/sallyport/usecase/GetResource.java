package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.util.List;

/** Reads one resource. */
public final class GetResource {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final Observe observe;

    public GetResource(Authorizer authorizer, CurrentState current, Observe observe) {
        this.authorizer = authorizer;
        this.current = current;
        this.observe = observe;
    }

    public ResourceView get(Caller caller, ResourceKey key) {
        Access access = authorizer.access(caller);
        access.checkRead(key);
        DesiredState state = current.get();
        Resource<?> resource = state.find(key)
                .orElseThrow(() -> new FailureException(new Failure.NotFound("There is no %s.".formatted(key))));
        return observe.views(access, state, List.of(resource)).getFirst();
    }
}
