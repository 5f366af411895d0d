package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import io.sallyport.store.RolloutsInHand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where gateways are with their changes, and the states that this names: from the store, or from what was kept for its
 * absence. Used by the thread that follows the head; others read the volatile fields.
 */
final class LearnRollouts {
    private final RolloutStore rollouts;
    private final PolicyStore policies;
    private final PolicyTerm term;
    private Map<ResourceName, Rollout> known = new TreeMap<>();
    private volatile RolloutsInHand inHand = RolloutsInHand.none(Revision.NONE);
    private volatile List<Ended> ended = List.of();

    /**
     * A rollout whose policy was taken away.
     *
     * @param stored as it is still written down
     * @param since the revision from which on all agents have the newest
     * @param isReplaced whether the gateway has another policy by now
     */
    record Ended(Rollout stored, Revision since, boolean isReplaced) {
        /** As it is to be written down. */
        Rollout asOf(Instant now) {
            return stored.ended(since, now, RecordCrossings.AUTHOR);
        }
    }

    LearnRollouts(RolloutStore rollouts, PolicyStore policies) {
        this.rollouts = rollouts;
        this.policies = policies;
        this.term = new PolicyTerm(policies);
    }

    Optional<Rollout> of(ResourceName gateway) {
        return Optional.ofNullable(known.get(gateway));
    }

    /** Everything at a revision that one of them names. */
    DesiredState at(Revision revision, DesiredState state) {
        return Optional.ofNullable(inHand.past().get(revision)).orElse(state);
    }

    /** Those that are stored though their policy was taken away. */
    List<Ended> ended() {
        return ended;
    }

    /** What it takes to serve what is served now. */
    RolloutsInHand inHand() {
        return inHand;
    }

    /** Takes what was kept for a start without the store. */
    void take(RolloutsInHand kept) {
        known = new TreeMap<>();
        kept.rollouts().forEach(rollout -> known.put(rollout.gateway(), rollout));
        inHand = kept;
    }

    /** Reads all again, as what was known may be of a history that is no more. */
    Set<ResourceName> refreshWhole(DesiredState state) {
        term.forget();
        return refresh(state, Map.of());
    }

    /**
     * Reads what is stored, and all that it takes to serve a state. Throws where the store is away; nothing is other then.
     *
     * @return the gateways whose rollout is another than before
     */
    Set<ResourceName> refresh(DesiredState state) {
        return refresh(state, inHand.past());
    }

    private Set<ResourceName> refresh(DesiredState state, Map<Revision, DesiredState> before) {
        Map<ResourceName, Rollout> read = new TreeMap<>();
        List<Ended> over = new ArrayList<>();
        for (Rollout stored : mayHaveAny(state) ? rollouts.all() : List.<Rollout>of()) {
            Optional<Ended> end = end(stored, state);
            end.ifPresent(over::add);
            if (policy(state, stored.gateway()).isPresent()) {
                read.put(stored.gateway(), end.map(LearnRollouts::anew).orElse(stored));
            }
        }
        RolloutsInHand next =
                new RolloutsInHand(state.revision(), List.copyOf(read.values()), past(read, state, before));
        Set<ResourceName> moved = new TreeSet<>();
        Stream.concat(read.keySet().stream(), known.keySet().stream())
                .filter(gateway ->
                        !Optional.ofNullable(read.get(gateway)).equals(Optional.ofNullable(known.get(gateway))))
                .forEach(moved::add);
        known = read;
        ended = List.copyOf(over);
        inHand = next;
        return moved;
    }

    private boolean mayHaveAny(DesiredState state) {
        return !known.isEmpty()
                || !ended.isEmpty()
                || state.gateways().stream()
                        .anyMatch(gateway -> !gateway.spec().rollout().isEmpty());
    }

    // Where another replica knows more than this one, nothing is over before this one knows it too.
    private Optional<Ended> end(Rollout stored, DesiredState state) {
        if (stored.stable().isAfter(state.revision())) {
            return Optional.empty();
        }
        if (policy(state, stored.gateway()).isEmpty()) {
            return Optional.of(new Ended(stored, state.revision(), false));
        }
        Revision since = term.since(state, stored.gateway(), stored.stable());
        return since.isAfter(stored.stable()) ? Optional.of(new Ended(stored, since, true)) : Optional.empty();
    }

    private static Rollout anew(Ended end) {
        return end.asOf(end.stored().since());
    }

    private Map<Revision, DesiredState> past(
            Map<ResourceName, Rollout> read, DesiredState state, Map<Revision, DesiredState> before) {
        Map<Revision, DesiredState> past = new HashMap<>();
        read.values().stream()
                .flatMap(rollout -> Stream.of(rollout.stable(), rollout.candidate()))
                // Another replica may know a newer revision than this one, which comes to it in a moment.
                .filter(revision -> !revision.isAfter(state.revision()))
                .forEach(revision -> past.computeIfAbsent(
                        revision, wanted -> before.containsKey(wanted) ? before.get(wanted) : read(state, wanted)));
        return past;
    }

    private DesiredState read(DesiredState state, Revision revision) {
        return revision.equals(state.revision())
                ? state
                : state.with(revision, policies.changesBack(state.revision(), revision));
    }

    static Optional<RolloutPolicy> policy(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway)
                .map(Resource<EgressGateway>::spec)
                .flatMap(spec -> spec.rollout().stream().findFirst());
    }
}
