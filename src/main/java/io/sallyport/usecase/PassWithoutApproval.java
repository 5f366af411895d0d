package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.Owed;
import io.sallyport.domain.change.UnapprovedWrite;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lets a plan be done: since all that must approve it do, or in an emergency. */
record PassWithoutApproval(CheckApprovals checkApprovals) {

    /**
     * What it is done without; nothing where nothing is missing. Throws {@code Unapproved}, or what stands against an
     * emergency.
     */
    List<UnapprovedWrite> of(Judged judged, WriteTerms terms, Collection<Approval> words, Instant now) {
        List<DemandStanding> standings =
                checkApprovals.standings(judged.approvals(), judged.plan().base(), terms.draft(), words, now);
        List<DemandStanding> unmet =
                standings.stream().filter(standing -> !standing.isMet()).toList();
        if (unmet.isEmpty()) {
            terms.emergency().forEach(wish -> {
                throw conflict("No approval is missing for this: write it without emergency.");
            });
            return List.of();
        }
        if (terms.emergency().isEmpty()) {
            throw new ApprovalRefusal(judged.plan(), judged.intents(), judged.sight())
                    .of(standings, !terms.draft().isEmpty());
        }
        return List.of(inEmergency(judged, terms, unmet, now));
    }

    private UnapprovedWrite inEmergency(Judged judged, WriteTerms terms, List<DemandStanding> unmet, Instant now) {
        EmergencyWish wish = terms.emergency().getFirst();
        refuseWhatStays(judged.approvals().keys());
        unmet.forEach(standing -> check(judged, standing.demand(), wish, now));
        checkApprovals.refuseIrrevocable(judged.plan(), now);
        Set<String> authors = new TreeSet<>(Set.of(judged.access().caller().id()));
        terms.draft().forEach(draft -> authors.addAll(draft.authors()));
        return new UnapprovedWrite(
                wish.reason(),
                authors,
                unmet.stream().map(DemandStanding::demand).map(Owed::of).toList());
    }

    // What is never taken back by itself cannot be done for a while.
    private static void refuseWhatStays(Set<ResourceKey> keys) {
        keys.stream().filter(key -> stays(key.kind())).sorted().findFirst().ifPresent(key -> {
            throw conflict("%s is never taken back by itself, so there is no emergency way for it: have it approved."
                    .formatted(key));
        });
    }

    private static boolean stays(Kind kind) {
        return switch (kind) {
            case CREDENTIAL, ROLE_BINDING, GUARDRAIL, APPROVAL_POLICY -> true;
            case NAMESPACE, EGRESS_GATEWAY, DESTINATION, WORKLOAD, EGRESS_RULE, TRAFFIC_ROUTE, SECURITY_POLICY -> false;
        };
    }

    private void check(Judged judged, Demand demand, EmergencyWish wish, Instant now) {
        String policy = judged.sight().told("approval policy " + demand.policy());
        Emergency emergency = demand.emergency().stream()
                .findFirst()
                .orElseThrow(() -> conflict("The %s has no emergency way: it asks for %s."
                        .formatted(policy, ApprovalRefusal.asked(demand))));
        if (!checkApprovals.maySkip(
                judged.access().caller(), judged.approvals(), judged.plan().base(), demand, now)) {
            throw new FailureException(new Failure.Forbidden(
                    "To write in an emergency what the %s asks approval for, somebody is needed %s."
                            .formatted(policy, ApprovalRefusal.named(emergency.by()))));
        }
        if (wish.within().compareTo(emergency.longest()) > 0) {
            throw conflict("By the %s an emergency lasts %s at most."
                    .formatted(policy, ApprovalRefusal.text(emergency.longest())));
        }
    }

    /** What history says of it. */
    static String message(List<UnapprovedWrite> unapproved, String own) {
        return unapproved.stream()
                .map(without -> "Emergency, without approval: %s%s"
                        .formatted(without.reason(), own.isEmpty() ? "" : ". " + own))
                .findFirst()
                .orElse(own);
    }

    private static FailureException conflict(String detail) {
        return new FailureException(new Failure.Conflict(detail));
    }
}
