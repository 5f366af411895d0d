package io.sallyport.usecase;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;

/** Reads what a gateway must run. */
public final class GetSnapshot {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final SnapshotFeed feed;
    private final SnapshotCompiler compiler;

    public GetSnapshot(Authorizer authorizer, CurrentState current, SnapshotFeed feed, SnapshotCompiler compiler) {
        this.authorizer = authorizer;
        this.current = current;
        this.feed = feed;
        this.compiler = compiler;
    }

    /** In our own words. */
    public Snapshot get(Caller caller, ResourceName gateway) {
        authorizer.checkRead(caller);
        DesiredState state = current.get();
        if (state.gateway(gateway).isEmpty()) {
            throw new FailureException(new Failure.NotFound("There is no EgressGateway %s.".formatted(gateway)));
        }
        return feed.newest(gateway).orElseGet(() -> compiler.compile(state, gateway));
    }
}
