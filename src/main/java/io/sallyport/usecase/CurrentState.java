package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;

/** What this replica knows; behind the head by a moment at most. Written by {@link FollowHead} alone. */
public final class CurrentState {
    private volatile DesiredState state = DesiredState.EMPTY;

    public DesiredState get() {
        return state;
    }

    void advanceTo(DesiredState newer) {
        state = newer;
    }
}
