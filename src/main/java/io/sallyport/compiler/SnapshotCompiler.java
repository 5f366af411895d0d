package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;

/** Desired state to what one gateway must run. Pure: the same state gives the same bytes. */
public final class SnapshotCompiler {
    /** Throws IllegalArgumentException where the state has no such gateway. */
    public Snapshot compile(DesiredState state, ResourceName gateway) {
        return GatewayCompilation.of(state, gateway).snapshot();
    }
}
