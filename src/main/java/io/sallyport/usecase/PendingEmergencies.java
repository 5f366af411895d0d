package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.PolicyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What was done without approval and waits for it. As long as it does, nobody builds on it: what it opened counts as
 * closed where risks are looked for, and no write stands in the way of taking it back.
 *
 * @param revisions with what leads back from each; the newest first
 */
record PendingEmergencies(List<Waiting> revisions) {
    static final PendingEmergencies NONE = new PendingEmergencies(List.of());

    PendingEmergencies {
        revisions = List.copyOf(revisions);
    }

    /** One of them. */
    record Waiting(Confirmation confirmation, List<Change> back) {}

    /** Those of a state; later ones are not there yet. */
    static PendingEmergencies at(PolicyStore store, DesiredState base) {
        if (base.approvalPolicies().isEmpty()) {
            return NONE;
        }
        return new PendingEmergencies(store.pendingEmergencies().reversed().stream()
                .filter(one -> !one.revision().isAfter(base.revision()))
                .map(one -> new Waiting(one, store.changesBack(one.revision(), before(one.revision()))))
                .toList());
    }

    private static Revision before(Revision revision) {
        return new Revision(revision.number() - 1);
    }

    boolean isEmpty() {
        return revisions.isEmpty();
    }

    /** A state as if they had been taken back. */
    DesiredState without(DesiredState state) {
        DesiredState left = state;
        for (Waiting waiting : revisions) {
            left = left.with(left.revision(), undoing(waiting, left));
        }
        return left;
    }

    private static List<Change> undoing(Waiting waiting, DesiredState state) {
        return waiting.back().stream()
                .filter(change -> isAsLeft(waiting, state.find(change.key())))
                .filter(change ->
                        change instanceof Change.Put || state.find(change.key()).isPresent())
                .toList();
    }

    private static boolean isAsLeft(Waiting waiting, Optional<Resource<?>> found) {
        return found.map(resource -> resource.metadata()
                        .revision()
                        .equals(waiting.confirmation().revision()))
                .orElse(true);
    }

    /**
     * Throws {@code Conflict} where taking them back would no longer do what it is to do.
     *
     * @param obstacles what would be at odds with each other if the second state came after the first
     */
    void refuseStandingInTheWay(
            Plan plan, Instant now, BiFunction<DesiredState, DesiredState, List<Finding>> obstacles) {
        for (Waiting waiting : revisions) {
            plan.changes().forEach(change -> refuseRewriting(waiting, plan, change));
        }
        obstacles.apply(plan.after(), without(plan.after())).stream()
                .findFirst()
                .ifPresent(finding -> {
                    throw conflict(
                            revisions.getFirst(),
                            "%s (%s) would stand in the way of that".formatted(finding.message(), finding.subject()));
                });
    }

    private static void refuseRewriting(Waiting waiting, Plan plan, Change change) {
        boolean isOfIt = waiting.back().stream().anyMatch(back -> back.key().equals(change.key()));
        if (isOfIt && isAsLeft(waiting, plan.base().find(change.key())) && !isBackAgain(waiting, change)) {
            throw conflict(waiting, "%s is a part of it, and can only be put back as it was".formatted(change.key()));
        }
    }

    private static boolean isBackAgain(Waiting waiting, Change change) {
        return waiting.back().stream()
                .filter(back -> back.key().equals(change.key()))
                .anyMatch(back -> isAlike(back, change));
    }

    private static boolean isAlike(Change back, Change change) {
        return switch (back) {
            case Change.Delete ignored -> change instanceof Change.Delete;
            case Change.Put put ->
                change instanceof Change.Put now && said(put.resource()).equals(said(now.resource()));
        };
    }

    private static List<Object> said(Resource<?> resource) {
        return List.of(resource.metadata().labels(), resource.metadata().annotations(), resource.spec());
    }

    private static FailureException conflict(Waiting waiting, String why) {
        return new FailureException(new Failure.Conflict(
                "Revision %s was made in an emergency, without approval, and is taken back at %s unless it is approved: %s. Have it approved by POST /api/v1/revisions/%s/confirm, or wait."
                        .formatted(
                                waiting.confirmation().revision(),
                                waiting.confirmation().until(),
                                why,
                                waiting.confirmation().revision())));
    }
}
