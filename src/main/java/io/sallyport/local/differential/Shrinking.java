package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes from a state what a disagreement does not need: rules, their bounds, and all but one of their entries. */
final class Shrinking {
    private final World world;
    private final Attempt attempt;
    private TrialState state;

    private Shrinking(World world, Disagreement found) {
        this.world = world;
        this.attempt = found.attempt();
        this.state = found.state();
    }

    /** As small as it gets; as it was where it does not show again. */
    static TrialState of(World world, Disagreement found) {
        var shrinking = new Shrinking(world, found);
        if (shrinking.shows(found.state())) {
            IntStream.range(0, found.state().documents().size()).forEach(shrinking::shrink);
        }
        return shrinking.state;
    }

    private void shrink(int place) {
        if (!isRule(place)) {
            return;
        }
        edits().forEach(edit -> tryOut(place, edit));
    }

    private boolean isRule(int place) {
        return state.documents().get(place).path("kind").asText().equals("EgressRule");
    }

    private static Stream<Consumer<ObjectNode>> edits() {
        return Stream.of(
                spec -> spec.put("enforcement", "Off"),
                spec -> spec.remove("validity"),
                spec -> spec.remove("forwarding"),
                spec -> keepOne(spec, "from", 0),
                spec -> keepOne(spec, "from", 1),
                spec -> keepOne(spec, "to", 0),
                spec -> keepOne(spec, "to", 1));
    }

    private static void keepOne(ObjectNode spec, String list, int index) {
        JsonNode entries = spec.path(list);
        if (entries.size() > index) {
            ArrayNode kept = spec.arrayNode().add(entries.get(index));
            spec.set(list, kept);
        }
    }

    private void tryOut(int place, Consumer<ObjectNode> edit) {
        JsonNode edited = state.documents().get(place).deepCopy();
        edit.accept((ObjectNode) edited.path("spec"));
        TrialState smaller = state.with(place, edited);
        if (!smaller.equals(state) && smaller.refused(Instant.now()).isEmpty() && shows(smaller)) {
            state = smaller;
        }
    }

    private boolean shows(TrialState candidate) {
        List<Disagreement> found = new Round(world, candidate).run(1, () -> attempt);
        return !found.isEmpty();
    }
}
