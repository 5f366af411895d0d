package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RetryPolicy.BackOff;
import io.sallyport.domain.route.RetryPolicy.Budget;
import io.sallyport.domain.route.RetryPolicy.Condition;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** When a request is sent again, in JSON. */
final class RetryPolicyJson {
    private static final SequencedMap<String, Condition> CONDITIONS =
            Choices.of(Condition.values(), Condition::documentName);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 1_000_000;

    private RetryPolicyJson() {}

    static Optional<RetryPolicy> read(Place place) {
        Fields fields = place.fields("attempts", "conditions", "statuses", "perTryTimeout", "backOff", "budget");
        Optional<Integer> attempts = fields.defaulted(
                "attempts", RetryPolicy.DEFAULT_ATTEMPTS, item -> item.integer(1, RetryPolicy.MOST_ATTEMPTS));
        List<Condition> conditions = fields.list("conditions", item -> item.oneOf(CONDITIONS));
        List<Integer> statuses = fields.list("statuses", item -> item.integer(400, 599));
        Optional<Duration> perTry =
                fields.defaulted("perTryTimeout", Duration.ZERO, DurationJson.between(Duration.ZERO, LONGEST));
        Optional<BackOff> backOff = fields.defaulted("backOff", BackOff.DEFAULT, RetryPolicyJson::readBackOff);
        Optional<Budget> budget = fields.optional("budget", RetryPolicyJson::readBudget);
        fields.refuseRepeats("conditions", conditions, Condition::documentName);
        fields.refuseRepeats("statuses", statuses, Function.identity());
        fields.refuseEmpty("conditions");
        fields.refuseEmpty("statuses");
        boolean saysWhen = fields.isThere("conditions") || fields.isThere("statuses");
        return fields.build(() -> new RetryPolicy(
                attempts.orElseThrow(),
                saysWhen ? conditions : RetryPolicy.DEFAULT_CONDITIONS,
                statuses,
                perTry.orElseThrow(),
                backOff.orElseThrow(),
                budget.stream().toList()));
    }

    private static Optional<BackOff> readBackOff(Place place) {
        Fields fields = place.fields("base", "max");
        Optional<Duration> base =
                fields.defaulted("base", BackOff.DEFAULT.base(), DurationJson.between(Duration.ofMillis(1), LONGEST));
        // As Envoy has it: ten times the base where nothing is said.
        Optional<Duration> max = base.flatMap(known ->
                fields.defaulted("max", known.multipliedBy(10), DurationJson.between(Duration.ofMillis(1), LONGEST)));
        base.ifPresent(least -> max.ifPresent(most -> {
            if (most.compareTo(least) < 0) {
                place.child("max").report(Reason.CONTRADICTION, "It is below 'base', from which waiting begins.");
            }
        }));
        return fields.build(() -> new BackOff(base.orElseThrow(), max.orElseThrow()));
    }

    private static Optional<Budget> readBudget(Place place) {
        Fields fields = place.fields("percent", "minConcurrency");
        Optional<Percentage> percent = fields.required("percent", PercentageJson::read);
        Optional<Integer> least = fields.defaulted(
                "minConcurrency", Budget.DEFAULT_MIN_CONCURRENCY, item -> item.integer(0, MOST_AT_ONCE));
        return fields.build(() -> new Budget(percent.orElseThrow(), least.orElseThrow()));
    }

    static ObjectNode write(RetryPolicy retry) {
        ObjectNode result = Tree.object().put("attempts", retry.attempts());
        Tree.texts(
                result,
                "conditions",
                retry.conditions().stream().map(Condition::documentName).toList());
        if (!retry.statuses().isEmpty()) {
            var statuses = result.putArray("statuses");
            retry.statuses().forEach(statuses::add);
        }
        if (!retry.perTryTimeout().isZero()) {
            result.put("perTryTimeout", DurationJson.text(retry.perTryTimeout()));
        }
        result.putObject("backOff")
                .put("base", DurationJson.text(retry.backOff().base()))
                .put("max", DurationJson.text(retry.backOff().max()));
        retry.budget()
                .forEach(budget -> result.putObject("budget")
                        .put("percent", PercentageJson.write(budget.percent()))
                        .put("minConcurrency", budget.minConcurrency()));
        return result;
    }
}
