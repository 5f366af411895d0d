package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;

/**
 * Says what {@link SnapshotCompiler} says, and keeps its tables between two states of a gateway: where only rules
 * changed, the hosts that they are about are compiled again and no other. Not for several threads.
 */
public final class IncrementalCompiler {
    private final Map<ResourceName, GatewayCompilation> compilations = new HashMap<>();

    /** Throws IllegalArgumentException where the state has no such gateway. */
    public Snapshot compile(DesiredState state, ResourceName gateway) {
        compilations.keySet().removeIf(name -> state.gateway(name).isEmpty());
        // What fails half-way is not to be built upon.
        GatewayCompilation known = compilations.remove(gateway);
        GatewayCompilation compilation = known != null && known.canFollow(state)
                ? followed(known, state)
                : GatewayCompilation.of(state, gateway);
        Snapshot snapshot = compilation.snapshot();
        compilations.put(gateway, compilation);
        return snapshot;
    }

    private static GatewayCompilation followed(GatewayCompilation compilation, DesiredState state) {
        compilation.follow(state);
        return compilation;
    }
}
