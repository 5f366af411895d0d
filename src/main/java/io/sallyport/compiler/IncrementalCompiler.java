package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says what {@link SnapshotCompiler} says, and keeps its tables between two states of a gateway: where only rules
 * changed, the hosts that they are about are compiled again and no other. For several threads, of which one at a time
 * compiles the same gateway.
 */
public final class IncrementalCompiler {
    private final Map<ResourceName, Kept> gateways = new ConcurrentHashMap<>();

    /** Throws IllegalArgumentException where the state has no such gateway. */
    public Snapshot compile(DesiredState state, ResourceName gateway) {
        gateways.keySet().removeIf(name -> state.gateway(name).isEmpty());
        return gateways.computeIfAbsent(gateway, Kept::new).compile(state);
    }

    /** Where routes of a gateway would lead whom rules do not let through there. */
    Set<RouteEscape> escapes(DesiredState state, Resource<EgressGateway> gateway) {
        return gateways.computeIfAbsent(gateway.name(), Kept::new).escapes(state, gateway);
    }

    /** The newest of one gateway, the last one first; guards itself. */
    private static final class Kept {
        // So that what is merely tried, and cannot be followed back, does not cost the tables of what is.
        private static final int MOST = 2;

        private final ResourceName gateway;
        private final Deque<Compiled> newest = new ArrayDeque<>();
        // At most one.
        private List<DesiredState> looked = List.of();

        private record Compiled(GatewayCompilation tables, DesiredState state, Snapshot snapshot) {}

        Kept(ResourceName gateway) {
            this.gateway = gateway;
        }

        synchronized Snapshot compile(DesiredState state) {
            return at(state).snapshot();
        }

        @SuppressWarnings("ReferenceEquality")
        private Compiled at(DesiredState state) {
            Optional<Compiled> same =
                    newest.stream().filter(one -> one.state() == state).findFirst();
            return same.orElseGet(() -> compiled(state));
        }

        // Hosts that are led nowhere else are left out, unless there are more states to come that can be followed.
        synchronized Set<RouteEscape> escapes(DesiredState state, Resource<EgressGateway> found) {
            boolean canFollow = newest.stream().anyMatch(one -> one.tables().canFollow(state))
                    || looked.stream().anyMatch(before -> GatewayCompilation.canFollow(before, state));
            looked = List.of(state);
            return canFollow ? at(state).tables().escapes() : GatewayCompilation.escapes(state, found);
        }

        @SuppressWarnings("ReferenceEquality")
        private Compiled compiled(DesiredState state) {
            Optional<Compiled> known =
                    newest.stream().filter(one -> one.tables().canFollow(state)).findFirst();
            // What fails half-way is not to be built upon.
            known.ifPresent(one -> newest.removeIf(other -> other.tables() == one.tables()));
            known.ifPresent(one -> one.tables().follow(state));
            GatewayCompilation tables =
                    known.map(Compiled::tables).orElseGet(() -> GatewayCompilation.of(state, gateway));
            Compiled compiled = new Compiled(tables, state, tables.snapshot());
            newest.addFirst(compiled);
            if (newest.size() > MOST) {
                newest.removeLast();
            }
            return compiled;
        }
    }
}
