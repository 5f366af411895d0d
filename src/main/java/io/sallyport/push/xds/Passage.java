package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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

    private final Contents contents;
    private final Map<ResourceType, Content> wanted = new EnumMap<>(ResourceType.class);
    private final List<EnvoySnapshot> inEffect = new ArrayList<>();
    private EnvoySnapshot target;
    private Content extensions;
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

    Passage(Contents contents, EnvoySnapshot first) {
        this.contents = contents;
        this.target = first;
        this.extensions = contents.of(first, ResourceType.EXTENSION_CONFIG);
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

    /** What the client is to have now; the same object until the next step. */
    Content wanted(ResourceType type) {
        return wanted.computeIfAbsent(type, this::wantedNow);
    }

    private Content wantedNow(ResourceType type) {
        return switch (type) {
            case EXTENSION_CONFIG -> extensions;
            case CLUSTER, ENDPOINTS, SECRET -> contents.withLeftovers(others(), target, type);
            case LISTENER, ROUTES ->
                phase == Phase.SUPPLYING && !inEffect.isEmpty()
                        ? contents.heldBack(inEffect.getLast(), target, type)
                        : contents.of(target, type);
        };
    }

    private List<EnvoySnapshot> others() {
        return inEffect.stream().filter(snapshot -> !isTarget(snapshot)).toList();
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
        extensions = contents.overlap(others(), target);
        wanted.clear();
        return true;
    }

    private boolean isTarget(EnvoySnapshot snapshot) {
        return snapshot.source().hasContentOf(target.source());
    }
}
