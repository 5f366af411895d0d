package io.sallyport.usecase;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.risk.Demands;
import io.sallyport.compiler.risk.RiskReport;
import io.sallyport.compiler.risk.Risks;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what a plan does is approved, as far as the approval policies that it starts from ask for that. */
final class CheckApprovals {
    private final Authorizer authorizer;
    private final ResourceForm form;
    private final Risks risks;

    CheckApprovals(Authorizer authorizer, ResourceForm form, IncrementalCompiler compiler) {
        this.authorizer = authorizer;
        this.form = form;
        this.risks = new Risks(new TouchedGateways(), compiler::compile);
    }

    /** What a plan needs, whatever was said so far. */
    NeededApprovals needed(Plan plan, PendingEmergencies emergencies, Instant now) {
        DesiredState before = plan.base();
        if (before.approvalPolicies().isEmpty() || plan.changes().isEmpty()) {
            return NeededApprovals.NONE;
        }
        RiskReport report = report(plan, emergencies, now);
        List<Demand> demands = Demands.of(before, plan.after(), report);
        return demands.isEmpty()
                ? NeededApprovals.NONE
                : new NeededApprovals(
                        demands,
                        ContentOfChange.of(form, plan, report),
                        plan.changes().stream().map(Change::key).toList());
    }

    /** Whatever is asked less strictly than before, by no matter of whom. */
    RiskReport report(Plan plan, PendingEmergencies emergencies, Instant now) {
        RiskReport report = risks.of(plan.base(), plan.after(), plan.changes(), now);
        if (emergencies.isEmpty()) {
            return report;
        }
        DesiredState before = emergencies.without(plan.base());
        DesiredState after = emergencies.without(plan.after());
        return report.and(risks.of(before, after, plan.changes(), now));
    }

    /** How far it is met at a state. */
    List<DemandStanding> standings(
            NeededApprovals needed,
            DesiredState state,
            Collection<Deliberated> draft,
            Collection<Approval> words,
            Instant now) {
        Set<String> authors =
                draft.stream().map(Deliberated::authors).findFirst().orElse(Set.of());
        return new WeighApprovals(authorizer, state, needed.keys(), authors, now).standings(needed, words);
    }

    /** Whether somebody may do it without, as the policy of an unmet demand says. */
    boolean maySkip(Caller caller, NeededApprovals needed, DesiredState state, Demand demand, Instant now) {
        WeighApprovals weighing = new WeighApprovals(authorizer, state, needed.keys(), Set.of(), now);
        return demand.emergency().stream().anyMatch(emergency -> weighing.isOneOf(caller, emergency.by()));
    }

    /** Throws {@code Conflict} where anything would be asked less strictly, whoever asks for approvals. */
    void refuseRelaxing(Plan plan, Instant now) {
        report(plan, PendingEmergencies.NONE, now).relaxations().stream()
                .findFirst()
                .ifPresent(relaxation -> {
                    throw new FailureException(new Failure.Conflict("%s again".formatted(relaxation.what())));
                });
    }

    /** Throws {@code Conflict} where taking it back would open or relax something, so that it would be left. */
    void refuseIrrevocable(Plan plan, Instant now) {
        List<Change> back = plan.changes().stream()
                .map(Change::key)
                .map(key -> Change.to(key, plan.base().find(key)))
                .toList();
        RiskReport report = risks.of(plan.after(), plan.base(), back, now);
        Stream.concat(
                        report.openings().stream()
                                .map(opening -> "it closes %s at port %s"
                                        .formatted(
                                                opening.flow().host(),
                                                opening.flow().port())),
                        report.relaxations().stream().map(relaxation -> "after it, " + relaxation.what()))
                .findFirst()
                .ifPresent(why -> {
                    throw new FailureException(new Failure.Conflict(
                            "In an emergency only what opens is written, so that all of it can be taken back: %s. Write by itself what closes."
                                    .formatted(why)));
                });
    }

    /** What an automatic reversal needs somebody's word for is left. */
    static void refuseUnattended(NeededApprovals needed) {
        needed.demands().stream().findFirst().ifPresent(demand -> {
            throw new FailureException(new Failure.Conflict("approval policy %s asks for somebody's word: %s"
                    .formatted(demand.policy(), demand.risks().getFirst().message())));
        });
    }
}
