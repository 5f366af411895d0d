package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.approval.Trigger.NewFor;
import java.util.Arrays;
import java.util.Optional;
import java.util.SequencedMap;

/** A risk that needs approval, in JSON. */
final class TriggerJson {
    private static final SequencedMap<String, RiskType> TYPES = Choices.of(
            Arrays.stream(RiskType.values())
                    .filter(type -> type != RiskType.WEAKENED_APPROVAL_POLICY)
                    .toArray(RiskType[]::new),
            TriggerJson::word);
    private static final SequencedMap<String, NewFor> NEW_FOR = Choices.of(NewFor.values(), Choices::capitalized);

    private TriggerJson() {}

    static Optional<Trigger> read(Place place) {
        Fields fields = place.fields("type", "newFor", "moreThan");
        Optional<RiskType> type = fields.required("type", item -> item.oneOf(TYPES));
        if (type.stream().anyMatch(known -> known != RiskType.NEW_DESTINATION)) {
            fields.refused("newFor", "Only NewDestination asks for whom something is new.");
        }
        if (type.stream().anyMatch(known -> known != RiskType.WORKLOADS_AFFECTED)) {
            fields.refused("moreThan", "Only WorkloadsAffected counts workloads.");
        }
        if (type.stream().anyMatch(RiskType.WORKLOADS_AFFECTED::equals)) {
            fields.needed("moreThan", "Say how many workloads need no approval yet.");
        }
        Optional<NewFor> newFor = fields.defaulted("newFor", NewFor.ANYONE, item -> item.oneOf(NEW_FOR));
        Optional<Integer> moreThan = fields.defaulted("moreThan", 0, item -> item.integer(0, Trigger.MOST_WORKLOADS));
        return fields.build(() -> new Trigger(type.orElseThrow(), newFor.orElseThrow(), moreThan.orElseThrow()));
    }

    static ObjectNode write(Trigger trigger) {
        ObjectNode result = Tree.object().put("type", word(trigger.type()));
        return switch (trigger.type()) {
            case NEW_DESTINATION -> result.put("newFor", Choices.capitalized(trigger.newFor()));
            case WORKLOADS_AFFECTED -> result.put("moreThan", trigger.moreThan());
            case WILDCARD_HOST,
                    RELAXED_TLS,
                    RELAXED_POLICY,
                    RELAXED_ADDRESSES,
                    DEFAULT_ALLOW,
                    WEAKENED_GUARDRAIL,
                    GRANTED_ROLE,
                    WEAKENED_APPROVAL_POLICY -> result;
        };
    }

    /** {@code RELAXED_TLS} is {@code RelaxedTls}. */
    static String word(RiskType type) {
        return Choices.capitalized(type);
    }
}
