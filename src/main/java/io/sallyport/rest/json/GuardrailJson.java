package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Guardrail.Assertion;
import io.sallyport.domain.Guardrail.Severity;
import io.sallyport.domain.Name;
import io.sallyport.domain.guardrail.FlowPattern;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The spec of a guardrail in JSON. */
final class GuardrailJson {
    private static final SequencedMap<String, Assertion> ASSERTIONS =
            Choices.of(Assertion.values(), Choices::capitalized);
    private static final SequencedMap<String, Severity> SEVERITIES =
            Choices.of(Severity.values(), Choices::capitalized);
    private static final int MOST_EXCEPTIONS = 64;

    private GuardrailJson() {}

    /** References without a namespace are to the guardrail's own. */
    static Optional<Guardrail> read(Place spec, Name own) {
        Fields fields = spec.fields("assert", "flows", "except", "severity");
        Optional<Assertion> assertion = fields.required("assert", item -> item.oneOf(ASSERTIONS));
        Optional<FlowPattern> flows = fields.required(
                "flows",
                item -> assertion.stream().anyMatch(Assertion.ALWAYS::equals)
                        ? FlowPatternJson.readAlways(item, own)
                        : FlowPatternJson.read(item, own));
        List<FlowPattern> except = fields.list("except", item -> FlowPatternJson.read(item, own));
        Optional<Severity> severity = fields.defaulted("severity", Severity.BLOCK, item -> item.oneOf(SEVERITIES));
        fields.refuseMoreThan(MOST_EXCEPTIONS, "except");
        return fields.build(
                () -> new Guardrail(assertion.orElseThrow(), flows.orElseThrow(), except, severity.orElseThrow()));
    }

    static ObjectNode write(Guardrail guardrail) {
        ObjectNode spec = Tree.object();
        spec.put("assert", Choices.capitalized(guardrail.assertion()));
        spec.set("flows", FlowPatternJson.write(guardrail.flows()));
        Tree.list(spec, "except", guardrail.except(), FlowPatternJson::write);
        spec.put("severity", Choices.capitalized(guardrail.severity()));
        return spec;
    }
}
