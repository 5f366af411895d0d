package io.sallyport.usecase;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyConfigView;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.SequencedMap;

/** Reads what a gateway must run. */
public final class GetSnapshot {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final PastStates pastStates;
    private final SnapshotFeed feed;
    private final SnapshotCompiler compiler;
    private final EnvoyCompiler envoyCompiler;

    public GetSnapshot(
            Authorizer authorizer,
            CurrentState current,
            PastStates pastStates,
            SnapshotFeed feed,
            SnapshotCompiler compiler,
            EnvoyCompiler envoyCompiler) {
        this.authorizer = authorizer;
        this.current = current;
        this.pastStates = pastStates;
        this.feed = feed;
        this.compiler = compiler;
        this.envoyCompiler = envoyCompiler;
    }

    /** In our own words. */
    public Snapshot get(Caller caller, ResourceName gateway) {
        check(authorizer.access(caller), gateway);
        refuseUnknown(gateway, current.get());
        return feed.newest(gateway).orElseGet(() -> compiler.compile(current.get(), gateway));
    }

    /** What it had to run at that revision. */
    public Snapshot get(Caller caller, ResourceName gateway, Revision revision) {
        check(authorizer.access(caller), gateway);
        DesiredState state = pastStates.at(revision);
        refuseUnknown(gateway, state);
        return compiler.compile(state, gateway);
    }

    private static void refuseUnknown(ResourceName gateway, DesiredState state) {
        if (state.gateway(gateway).isEmpty()) {
            throw new FailureException(new Failure.NotFound(
                    "There is no EgressGateway %s at revision %s.".formatted(gateway, state.revision())));
        }
    }

    private static void check(Access access, ResourceName gateway) {
        if (!mayRead(access, gateway)) {
            access.check(Right.READ_SNAPSHOT, gateway.namespace());
        }
    }

    // It tells the rules of all namespaces, so it is for who answers for the gateway, and for who may read them anyway.
    static boolean mayRead(Access access, ResourceName gateway) {
        return access.mayEverywhere(Right.READ) || access.may(Right.READ_SNAPSHOT, gateway.namespace());
    }

    /** As one complete Envoy configuration: maps, lists, texts, numbers and booleans. */
    public SequencedMap<String, Object> forEnvoy(Snapshot snapshot) {
        return EnvoyConfigView.of(envoyCompiler.compile(snapshot));
    }
}
