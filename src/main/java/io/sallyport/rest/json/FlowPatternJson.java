package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.guardrail.FlowTarget;
import io.sallyport.domain.guardrail.Transport;
import io.sallyport.domain.rule.Source;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** Which flows a guardrail means, in JSON. */
final class FlowPatternJson {
    private static final String[] FIELDS = {"from", "to", "methods", "tls"};
    private static final SequencedMap<String, Transport> TRANSPORTS =
            Choices.of(Transport.values(), Choices::capitalized);
    private static final int MOST_ENTRIES = 64;

    private FlowPatternJson() {}

    static Optional<FlowPattern> read(Place place, Name own) {
        return read(place.fields(FIELDS), own);
    }

    /** Of flows that are always to pass, so that it must be possible to try them one by one. */
    static Optional<FlowPattern> readAlways(Place place, Name own) {
        Fields fields = place.fields(FIELDS);
        fields.needed("from", "Say whom 'Always' is about: nobody knows everyone who is to pass.");
        fields.needed("to", "Say where 'Always' leads: name hosts, or a destination.");
        fields.refused("tls", "'Always' is about whether flows pass. Say by a 'Never' how they may not go on.");
        return read(fields, own);
    }

    private static Optional<FlowPattern> read(Fields fields, Name own) {
        Place place = fields.place();
        List<Source> from = fields.list("from", SourceJson::read);
        List<FlowTarget> to = fields.list("to", item -> FlowTargetJson.read(item, own));
        List<String> methods = fields.list("methods", item -> item.parsed(AuthorizedRequestsJson::method));
        List<Transport> tls = fields.list("tls", item -> item.oneOf(TRANSPORTS));
        for (String field : FIELDS) {
            fields.refuseEmpty(field);
            fields.refuseMoreThan(MOST_ENTRIES, field);
        }
        fields.refuseRepeats("methods", methods, Function.identity());
        fields.refuseRepeats("tls", tls, Function.identity());
        if (place.value().isObject() && place.value().isEmpty()) {
            place.report(
                    Violations.Reason.MISSING_FIELD,
                    "Say which flows are meant by from, to, methods or tls; all are written as to: [{hosts: [\"*\"]}].");
        }
        return fields.build(() -> new FlowPattern(from, to, methods, tls));
    }

    static ObjectNode write(FlowPattern flows) {
        ObjectNode result = Tree.object();
        Tree.list(result, "from", flows.from(), SourceJson::write);
        Tree.list(result, "to", flows.to(), FlowTargetJson::write);
        Tree.texts(result, "methods", flows.methods());
        Tree.list(result, "tls", flows.tls(), way -> TextNode.valueOf(Choices.capitalized(way)));
        return result;
    }
}
