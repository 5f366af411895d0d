package io.sallyport.usecase;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyConfigView;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
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
    private final SnapshotFeed feed;
    private final SnapshotCompiler compiler;
    private final EnvoyCompiler envoyCompiler;

    public GetSnapshot(
            Authorizer authorizer,
            CurrentState current,
            SnapshotFeed feed,
            SnapshotCompiler compiler,
            EnvoyCompiler envoyCompiler) {
        this.authorizer = authorizer;
        this.current = current;
        this.feed = feed;
        this.compiler = compiler;
        this.envoyCompiler = envoyCompiler;
    }

    /** In our own words. */
    public Snapshot get(Caller caller, ResourceName gateway) {
        check(authorizer.access(caller), gateway);
        DesiredState state = current.get();
        if (state.gateway(gateway).isEmpty()) {
            throw new FailureException(new Failure.NotFound("There is no EgressGateway %s.".formatted(gateway)));
        }
        return feed.newest(gateway).orElseGet(() -> compiler.compile(state, gateway));
    }

    // It tells the rules of all namespaces, so it is for who answers for the gateway, and for who may read them anyway.
    private static void check(Access access, ResourceName gateway) {
        if (!access.mayEverywhere(Right.READ)) {
            access.check(Right.READ_SNAPSHOT, gateway.namespace());
        }
    }

    /** As one complete Envoy configuration: maps, lists, texts, numbers and booleans. */
    public SequencedMap<String, Object> getForEnvoy(Caller caller, ResourceName gateway) {
        return EnvoyConfigView.of(envoyCompiler.compile(get(caller, gateway)));
    }
}
