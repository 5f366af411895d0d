package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.rollout.RolloutGates;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutStep;
import io.sallyport.domain.rollout.RolloutStep.Promotion;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** How changes come to the agents of a gateway, in JSON. */
final class RolloutPolicyJson {
    private static final SequencedMap<String, OnFailure> ON_FAILURE =
            Choices.of(OnFailure.values(), Choices::capitalized);
    private static final SequencedMap<String, NewerChanges> NEWER =
            Choices.of(NewerChanges.values(), Choices::capitalized);
    private static final SequencedMap<String, Promotion> PROMOTIONS =
            Choices.of(Promotion.values(), Choices::capitalized);
    private static final int MOST_PERCENT = 100;

    private RolloutPolicyJson() {}

    /** Who gets it: a percentage, or those with certain labels. */
    private record Whom(int percentage, List<LabelSelector> selector) {}

    static Optional<RolloutPolicy> read(Place place) {
        Fields fields = place.fields("steps", "onFailure", "newerChanges");
        List<RolloutStep> steps = fields.requiredList("steps", RolloutPolicyJson::readStep);
        Optional<OnFailure> onFailure = fields.optional("onFailure", item -> item.oneOf(ON_FAILURE));
        Optional<NewerChanges> newer = fields.optional("newerChanges", item -> item.oneOf(NEWER));
        if (steps.size() > RolloutPolicy.MOST_STEPS) {
            place.child("steps")
                    .report(
                            Reason.OUT_OF_RANGE,
                            "%d steps are too many: use 1 to %d.".formatted(steps.size(), RolloutPolicy.MOST_STEPS));
        }
        reportShrinking(place.child("steps"), steps);
        return fields.build(
                () -> new RolloutPolicy(steps, onFailure.orElse(OnFailure.RETURN), newer.orElse(NewerChanges.RESTART)));
    }

    private static void reportShrinking(Place place, List<RolloutStep> steps) {
        int reached = 0;
        for (int index = 0; index < steps.size(); index++) {
            int percentage = steps.get(index).percentage();
            if (percentage > 0 && percentage <= reached) {
                place.child(Integer.toString(index))
                        .report(
                                Reason.CONTRADICTION,
                                "A step of %d%% after one of %d%% reaches nobody more: let percentages grow from step to step."
                                        .formatted(percentage, reached));
            }
            reached = Math.max(reached, percentage);
        }
    }

    private static Optional<RolloutStep> readStep(Place place) {
        Fields fields = place.fields("cohort", "gates", "promotion");
        Optional<Whom> whom = fields.required("cohort", RolloutPolicyJson::readWhom);
        Optional<RolloutGates> gates = fields.optional("gates", RolloutPolicyJson::readGates);
        Optional<Promotion> promotion = fields.optional("promotion", item -> item.oneOf(PROMOTIONS));
        return fields.build(() -> new RolloutStep(
                whom.orElseThrow().percentage(),
                whom.orElseThrow().selector(),
                gates.orElse(RolloutGates.DEFAULT),
                promotion.orElse(Promotion.AUTOMATIC)));
    }

    private static Optional<Whom> readWhom(Place place) {
        Fields fields = place.fields("percentage", "selector");
        fields.refuseAllButOne("percentage", "selector");
        Optional<Integer> percentage = fields.optional("percentage", item -> item.integer(1, MOST_PERCENT));
        Optional<LabelSelector> selector = fields.optional("selector", LabelsJson::readSelector);
        return fields.build(
                () -> new Whom(percentage.orElse(0), selector.stream().toList()));
    }

    private static Optional<RolloutGates> readGates(Place place) {
        RolloutGates defaults = RolloutGates.DEFAULT;
        Fields fields = place.fields("effectivePercentage", "maxRejected", "soak", "timeout");
        Optional<Integer> effective = fields.optional("effectivePercentage", item -> item.integer(1, MOST_PERCENT));
        Optional<Integer> rejected =
                fields.optional("maxRejected", item -> item.integer(0, RolloutGates.MOST_REJECTED));
        Optional<Duration> soak = fields.optional("soak", DurationJson.between(Duration.ZERO, RolloutGates.LONGEST));
        Optional<Duration> timeout =
                fields.optional("timeout", DurationJson.between(RolloutGates.SHORTEST_TIMEOUT, RolloutGates.LONGEST));
        return fields.build(() -> new RolloutGates(
                effective.orElse(defaults.effectivePercentage()),
                rejected.orElse(defaults.maxRejected()),
                soak.orElse(defaults.soak()),
                timeout.orElse(defaults.timeout())));
    }

    static ObjectNode write(RolloutPolicy policy) {
        ObjectNode result = Tree.object();
        Tree.list(result, "steps", policy.steps(), RolloutPolicyJson::writeStep);
        return result.put("onFailure", Choices.capitalized(policy.onFailure()))
                .put("newerChanges", Choices.capitalized(policy.newerChanges()));
    }

    private static ObjectNode writeStep(RolloutStep step) {
        ObjectNode result = Tree.object();
        ObjectNode cohort = result.putObject("cohort");
        if (step.percentage() > 0) {
            cohort.put("percentage", step.percentage());
        }
        step.selector().forEach(selector -> cohort.set("selector", LabelsJson.writeSelector(selector)));
        result.putObject("gates")
                .put("effectivePercentage", step.gates().effectivePercentage())
                .put("maxRejected", step.gates().maxRejected())
                .put("soak", DurationJson.text(step.gates().soak()))
                .put("timeout", DurationJson.text(step.gates().timeout()));
        return result.put("promotion", Choices.capitalized(step.promotion()));
    }
}
