package io.sallyport.rest;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.usecase.FollowHead;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody is told that there is nothing where this replica only does not know yet what there is. */
@Singleton
public final class FirstStateFilter {
    // Made before there is a configuration, so what needs one is asked for later.
    private final Instance<FollowHead> followHead;

    @Inject
    FirstStateFilter(Instance<FollowHead> followHead) {
        this.followHead = followHead;
    }

    @ServerRequestFilter
    void refuse() {
        if (!followHead.get().hasFirstState()) {
            throw new FailureException(new Failure.Unavailable(
                    "This replica has no state yet: the store has not answered since it started, and there is no bundle on"
                            + " disk that it may serve. Ask another replica, or try again later."));
        }
    }
}
