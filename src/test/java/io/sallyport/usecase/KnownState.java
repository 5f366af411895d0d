package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;

/** What a replica knows that follows nobody. */
public final class KnownState {
    private KnownState() {}

    public static CurrentState of(DesiredState state) {
        CurrentState current = new CurrentState();
        current.advanceTo(state);
        return current;
    }
}
