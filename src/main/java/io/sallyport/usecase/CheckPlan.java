package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Violation;
import io.sallyport.identity.Access;
import io.sallyport.usecase.WriteClock.Phase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses a plan that would leave resources at odds with each other. */
final class CheckPlan {
    private static final int MOST_NAMED = 5;

    private final PolicyChecks checks;
    private final Guardrails guardrails;
    private final WriteClock phases;

    CheckPlan(PolicyChecks checks, Guardrails guardrails, WriteClock phases) {
        this.checks = checks;
        this.guardrails = guardrails;
        this.phases = phases;
    }

    /** Throws {@code Invalid} or {@code Conflict}; what is merely doubtful comes back. */
    List<Warning> check(Plan plan, List<Intent> intents, Instant now, Access access) {
        // Nobody asked for it, and time cannot be refused.
        if (intents.stream().allMatch(Intent.CrossBounds.class::isInstance)) {
            return List.of();
        }
        Sight sight = new Sight(access, plan.after());
        refuseOrphans(plan);
        List<Finding> findings = checks.findingsOfWrite(plan.base(), plan.after(), plan.touched(), now);
        refuseErrors(findings, intents, sight);
        // What is at odds with itself has no flows to be looked at.
        List<Finding> ofGuardrails = phases.timed(
                Phase.GUARDRAILS, () -> guardrails.findingsOfWrite(plan.base(), plan.after(), plan.changes(), now));
        refuseErrors(ofGuardrails, intents, sight);
        return Stream.concat(findings.stream(), ofGuardrails.stream())
                .map(Warning::of)
                .map(sight::told)
                .toList();
    }

    /** What stands against one state after another, whoever would write it. */
    List<Finding> errors(DesiredState before, DesiredState after, Instant now) {
        List<Change> changes = Arrays.stream(Kind.values())
                .flatMap(kind -> before.differing(kind, after).stream().map(name -> new ResourceKey(kind, name)))
                .map(key -> Change.to(key, after.find(key)))
                .toList();
        Set<ResourceKey> keys = changes.stream().map(Change::key).collect(Collectors.toUnmodifiableSet());
        return Stream.concat(
                        checks.findingsOfWrite(before, after, keys, now).stream(),
                        guardrails.findingsOfWrite(before, after, changes, now).stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    private static void refuseErrors(List<Finding> findings, List<Intent> intents, Sight sight) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw refusal(errors, intents, sight);
        }
    }

    private static void refuseOrphans(Plan plan) {
        for (ResourceKey key : plan.touched()) {
            if (key.kind() == Kind.NAMESPACE && plan.removes(key)) {
                refuseOrphans(plan, key);
            }
        }
    }

    private static void refuseOrphans(Plan plan, ResourceKey namespace) {
        List<ResourceKey> left = plan.after()
                .all()
                .map(Resource::key)
                .filter(key -> key.namespace().equals(namespace.namespace()))
                .toList();
        if (!left.isEmpty()) {
            throw conflict("%s is not empty: delete %s first.".formatted(namespace, named(left)));
        }
    }

    private static FailureException refusal(List<Finding> errors, List<Intent> intents, Sight sight) {
        if (intents.stream().allMatch(Intent.Remove.class::isInstance)) {
            return conflict(errors.stream()
                    .map(error -> "%s (%s).".formatted(sight.told(error.message()), error.pointer()))
                    .distinct()
                    .limit(MOST_NAMED)
                    .collect(Collectors.joining(" ")));
        }
        Map<ResourceKey, String> pointers = intents.stream()
                .filter(Intent.Put.class::isInstance)
                .map(Intent.Put.class::cast)
                .collect(Collectors.toMap(Intent.Put::key, put -> put.draft().pointer()));
        return FailureException.invalid(
                errors.stream().map(toViolation(pointers, sight)).toList());
    }

    private static Function<Finding, Violation> toViolation(Map<ResourceKey, String> pointers, Sight sight) {
        return finding -> pointers.containsKey(finding.subject())
                ? new Violation(
                        pointers.get(finding.subject()) + finding.pointer(),
                        finding.reason(),
                        sight.told(finding.message()))
                : new Violation(
                        "",
                        finding.reason(),
                        sight.told("%s (%s): %s".formatted(finding.subject(), finding.pointer(), finding.message())));
    }

    private static String named(List<ResourceKey> keys) {
        String first =
                keys.stream().limit(MOST_NAMED).map(ResourceKey::toString).collect(Collectors.joining(", "));
        return keys.size() <= MOST_NAMED ? first : first + " and %d more".formatted(keys.size() - MOST_NAMED);
    }

    private static FailureException conflict(String detail) {
        return new FailureException(new Failure.Conflict(detail));
    }
}
