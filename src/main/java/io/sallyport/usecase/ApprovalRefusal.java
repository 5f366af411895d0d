package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.domain.approval.Risk;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a caller what of a write needs whose approval, and how it is had; what is foreign is not named to him. */
final class ApprovalRefusal {
    private final Plan plan;
    private final Map<ResourceKey, String> pointers;
    private final Sight sight;

    ApprovalRefusal(Plan plan, List<Intent> intents, Sight sight) {
        this.plan = plan;
        this.sight = sight;
        this.pointers = intents.stream()
                .filter(Intent.Put.class::isInstance)
                .map(Intent.Put.class::cast)
                .collect(Collectors.toMap(Intent.Put::key, put -> put.draft().pointer()));
    }

    FailureException of(List<DemandStanding> standings, boolean isOfDraft) {
        List<DemandStanding> told = told(standings);
        List<Violation> violations = standings.stream()
                .filter(standing -> !standing.isMet())
                .flatMap(standing -> standing.demand().risks().stream().map(risk -> violation(standing.demand(), risk)))
                .distinct()
                .toList();
        return new FailureException(new Failure.Unapproved(detail(standings, isOfDraft), violations, told));
    }

    /** As the reader may know of them. */
    List<DemandStanding> told(List<DemandStanding> standings) {
        return standings.stream().map(this::told).toList();
    }

    private DemandStanding told(DemandStanding standing) {
        Demand demand = standing.demand();
        Demand known = new Demand(
                demand.policy(),
                demand.risks().stream().map(this::told).toList(),
                demand.required(),
                demand.by(),
                demand.validFor(),
                demand.emergency());
        return new DemandStanding(
                known,
                standing.given(),
                standing.rejected(),
                !sight.mayRead(new ResourceKey(Kind.APPROVAL_POLICY, demand.policy())));
    }

    private Risk told(Risk risk) {
        FlowChanges readable = ReadableFlows.of(sight, new FlowChanges(risk.flows(), 0, List.of(), 0));
        Risk told = risk.by(readable.opened().stream().limit(1).toList());
        return new Risk(told.type(), sight.told(told.message()), told.flows(), told.moreHosts());
    }

    private Violation violation(Demand demand, Risk risk) {
        ResourceKey subject = subject(risk);
        String policy = sight.told("approval policy " + demand.policy());
        String message = "%s: %s asks for %s".formatted(told(risk).message(), policy, asked(demand));
        return pointers.containsKey(subject)
                ? new Violation(pointers.get(subject), word(risk), message)
                : new Violation("", word(risk), sight.told(subject + ": ") + message);
    }

    private static String word(Risk risk) {
        return Stream.of(risk.type().name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    // The rule that lets it through, or its destination or gateway, where that was written; else whatever was.
    private ResourceKey subject(Risk risk) {
        List<ResourceKey> written = plan.changes().stream().map(Change::key).toList();
        return risk.flows().stream()
                .limit(1)
                .flatMap(ApprovalRefusal::candidates)
                .filter(written::contains)
                .findFirst()
                .orElseGet(written::getFirst);
    }

    private static Stream<ResourceKey> candidates(FlowChange flow) {
        Stream<ResourceKey> rule = flow.after().startsWith("sallyport/")
                ? Stream.of()
                : Stream.of(new ResourceKey(Kind.EGRESS_RULE, ResourceName.parse(flow.after())));
        return Stream.concat(
                rule,
                Stream.of(
                        new ResourceKey(Kind.DESTINATION, flow.destination()),
                        new ResourceKey(Kind.EGRESS_GATEWAY, flow.gateway())));
    }

    private String detail(List<DemandStanding> standings, boolean isOfDraft) {
        long unmet = standings.stream().filter(standing -> !standing.isMet()).count();
        String how = isOfDraft
                ? "Have it approved by POST /api/v1/change-sets/{id}/approvals, by others than its authors, and publish it then."
                : "Send the same documents to POST /api/v1/change-sets, have that approved by POST /api/v1/change-sets/{id}/approvals, by others than you, and publish it then.";
        boolean maySkip = standings.stream()
                .filter(standing -> !standing.isMet())
                .noneMatch(standing -> standing.demand().emergency().isEmpty());
        return "Nothing was written: approvals are missing that %s. %s%s"
                .formatted(
                        unmet == 1 ? "an approval policy asks for" : unmet + " approval policies ask for",
                        how,
                        maySkip
                                ? " In an emergency, who may: ?emergency=1h, with the reason in Sallyport-Emergency-Reason."
                                : "");
    }

    static String asked(Demand demand) {
        return "%d approval%s by %s"
                .formatted(demand.required(), demand.required() == 1 ? "" : "s", named(demand.by()));
    }

    /** In hours and minutes, as people write it. */
    static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String named(Approvers by) {
        return Stream.concat(
                        by.roles().stream().map(Role::word).map("who has role "::concat),
                        by.subjects().stream().map(Object::toString))
                .collect(Collectors.joining(" or "));
    }
}
