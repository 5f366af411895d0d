package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The order in which one client is led from what it runs to the newest snapshot: extension configurations and supplies
 * (clusters, endpoints) at once, then what names them (listeners, routes), then what is left over goes. Where a client
 * does not answer, {@link #PATIENCE} ends the wait.
 */
final class Passage {
    static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_IN_EFFECT = 4;
    private static final Set<ResourceType> SUPPLIES = EnumSet.of(ResourceType.CLUSTER, ResourceType.ENDPOINTS);
    private static final Set<ResourceType> NAMING = EnumSet.of(ResourceType.LISTENER, ResourceType.ROUTES);

    private final Overlap overlap;
    private final List<EnvoySnapshot> inEffect = new ArrayList<>();
    private EnvoySnapshot target;
    private SortedMap<String, EnvoyResource> extensions;
    private Phase phase = Phase.SUPPLYING;
    private Instant deadline = Instant.MAX;

    /** What comes next. */
    enum Phase {
        SUPPLYING,
        ROUTING,
        SETTLED
    }

    /** The extension configurations to run between two snapshots. */
    interface Overlap {
        SortedMap<String, EnvoyResource> of(List<EnvoySnapshot> stillInEffect, EnvoySnapshot target);
    }

    Passage(Overlap overlap, EnvoySnapshot first) {
        this.overlap = overlap;
        this.target = first;
        this.extensions = first.ofType(ResourceType.EXTENSION_CONFIG);
    }

    void aimAt(EnvoySnapshot newTarget) {
        target = newTarget;
        enter(Phase.SUPPLYING);
    }

    /** What was aimed at was refused, so nothing of it needs to be kept for the way to something else. */
    void aimInstead(EnvoySnapshot newTarget) {
        inEffect.removeIf(this::isTarget);
        aimAt(newTarget);
    }

    Snapshot source() {
        return target.source();
    }

    boolean isSettled() {
        return phase == Phase.SETTLED;
    }

    /** When a client that does not answer has been waited for long enough. */
    Instant deadline() {
        return deadline;
    }

    /** Why something is not sent yet, for people; empty where nothing waits. */
    String waitingFor() {
        return switch (phase) {
            case SUPPLYING ->
                deadline.equals(Instant.MAX)
                        ? ""
                        : "Listeners and routes wait for an answer about clusters and endpoints, at most until %s."
                                .formatted(deadline);
            case ROUTING ->
                deadline.equals(Instant.MAX)
                        ? ""
                        : "What is left over waits to be removed for an answer about listeners and routes.";
            case SETTLED ->
                inEffect.size() > 1
                        ? "What older listeners and routes refer to is kept until the newest are accepted."
                        : "";
        };
    }

    /** Whether to hold back changes to what the client has from an earlier stream. */
    boolean holdsBack(ResourceType type) {
        return phase == Phase.SUPPLYING && inEffect.isEmpty() && NAMING.contains(type);
    }

    boolean has(ResourceType type) {
        return !target.ofType(type).isEmpty();
    }

    /** What the client is to have now. */
    SortedMap<String, EnvoyResource> wanted(ResourceType type) {
        return switch (type) {
            case EXTENSION_CONFIG -> extensions;
            case CLUSTER, ENDPOINTS, SECRET -> withLeftovers(target.ofType(type), type);
            case LISTENER, ROUTES ->
                phase == Phase.SUPPLYING && !inEffect.isEmpty() ? heldBack(type) : target.ofType(type);
        };
    }

    /** Takes the next step where its time has come; false where there is none to take now. */
    boolean advance(Predicate<ResourceType> answered, Predicate<ResourceType> accepted, Instant now) {
        return switch (phase) {
            case SUPPLYING -> isDone(SUPPLIES, answered, now) && enterRouting();
            case ROUTING ->
                isDone(NAMING, answered, now) && settle(NAMING.stream().allMatch(accepted));
            case SETTLED -> inEffect.size() > 1 && NAMING.stream().allMatch(accepted) && settle(true);
        };
    }

    private boolean isDone(Set<ResourceType> types, Predicate<ResourceType> answered, Instant now) {
        if (types.stream().allMatch(answered)) {
            return true;
        }
        if (deadline.equals(Instant.MAX)) {
            deadline = now.plus(PATIENCE);
        }
        return !now.isBefore(deadline);
    }

    private boolean enterRouting() {
        inEffect.removeIf(this::isTarget);
        inEffect.add(target);
        if (inEffect.size() > MOST_IN_EFFECT) {
            inEffect.remove(1);
        }
        return enter(Phase.ROUTING);
    }

    /** Where something was refused or not answered, the oldest may still be in effect. */
    private boolean settle(boolean allAccepted) {
        int last = inEffect.size() - 1;
        if (last > 0) {
            inEffect.subList(allAccepted ? 0 : 1, last).clear();
        }
        return enter(Phase.SETTLED);
    }

    private boolean enter(Phase next) {
        phase = next;
        deadline = Instant.MAX;
        extensions = extensions();
        return true;
    }

    private SortedMap<String, EnvoyResource> extensions() {
        List<EnvoySnapshot> others =
                inEffect.stream().filter(snapshot -> !isTarget(snapshot)).toList();
        return others.isEmpty()
                ? target.ofType(ResourceType.EXTENSION_CONFIG)
                : withLeftovers(overlap.of(others, target), ResourceType.EXTENSION_CONFIG);
    }

    /** What older routes may still refer to stays until they are gone. */
    private SortedMap<String, EnvoyResource> withLeftovers(SortedMap<String, EnvoyResource> wanted, ResourceType type) {
        if (inEffect.stream().allMatch(this::isTarget)) {
            return wanted;
        }
        TreeMap<String, EnvoyResource> all = new TreeMap<>(wanted);
        inEffect.reversed().forEach(older -> older.ofType(type).forEach(all::putIfAbsent));
        return all;
    }

    private boolean isTarget(EnvoySnapshot snapshot) {
        return snapshot.source().hasContentOf(target.source());
    }

    /** Listeners and routes as they were; those that are gone go at once, and new routes wait for nobody. */
    private SortedMap<String, EnvoyResource> heldBack(ResourceType type) {
        SortedMap<String, EnvoyResource> before = inEffect.getLast().ofType(type);
        SortedMap<String, EnvoyResource> wanted = new TreeMap<>(target.ofType(type));
        if (type == ResourceType.LISTENER) {
            wanted.keySet().retainAll(before.keySet());
        }
        wanted.replaceAll((name, resource) -> before.getOrDefault(name, resource));
        return wanted;
    }
}
