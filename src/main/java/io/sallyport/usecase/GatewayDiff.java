package io.sallyport.usecase;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** How what gateways run differs from one state to another; those that cannot differ are not compiled. */
public record GatewayDiff(TouchedGateways touched, SnapshotCompiler compiler, ConfigDiff configDiff) {

    /** The gateways of either state whose configuration may differ. */
    SortedSet<ResourceName> gateways(DesiredState before, DesiredState after) {
        List<Change> changes = Arrays.stream(Kind.values())
                .flatMap(kind -> before.differing(kind, after).stream().map(name -> change(kind, name, after)))
                .toList();
        return new TreeSet<>(touched.of(before, after, changes));
    }

    private static Change change(Kind kind, ResourceName name, DesiredState after) {
        ResourceKey key = new ResourceKey(kind, name);
        return Change.to(key, after.find(key));
    }

    /** Part by part, each with its text before and after. */
    List<ConfigChange> changes(ResourceName gateway, DesiredState before, DesiredState after, boolean inEnvoyWords) {
        Optional<Snapshot> earlier = compiled(gateway, before);
        Optional<Snapshot> later = compiled(gateway, after);
        return inEnvoyWords ? configDiff.envoy(earlier, later, true) : configDiff.neutral(earlier, later, true);
    }

    private Optional<Snapshot> compiled(ResourceName gateway, DesiredState state) {
        return state.gateway(gateway).map(found -> compiler.compile(state, found.name()));
    }
}
