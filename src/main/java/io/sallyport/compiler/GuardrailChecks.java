package io.sallyport.compiler;

import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.rule.Source;
import java.util.List;

/** What a guardrail names exists. Whether it holds is decided over the whole model, elsewhere. */
final class GuardrailChecks {
    private final Checked checked;
    private final Report report;

    GuardrailChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        boolean mayBeGone = checked.touched().stream()
                .anyMatch(key -> key.kind() == Kind.NAMESPACE || key.kind() == Kind.DESTINATION);
        for (Resource<Guardrail> guardrail : checked.state().guardrails()) {
            if (mayBeGone || checked.isTouched(guardrail)) {
                references(guardrail, guardrail.spec().flows(), "/spec/flows");
                List<FlowPattern> except = guardrail.spec().except();
                for (int index = 0; index < except.size(); index++) {
                    references(guardrail, except.get(index), "/spec/except/" + index);
                }
            }
        }
    }

    private void references(Resource<Guardrail> guardrail, FlowPattern flows, String pointer) {
        for (int index = 0; index < flows.from().size(); index++) {
            namespaces(guardrail, flows.from().get(index), "%s/from/%d/namespaces/".formatted(pointer, index));
        }
        for (int index = 0; index < flows.to().size(); index++) {
            String at = "%s/to/%d/destinationRef".formatted(pointer, index);
            flows.to()
                    .get(index)
                    .destination()
                    .forEach(name -> exists(guardrail, at, new ResourceKey(Kind.DESTINATION, name)));
        }
    }

    private void namespaces(Resource<Guardrail> guardrail, Source from, String pointer) {
        for (int index = 0; index < from.namespaces().size(); index++) {
            exists(
                    guardrail,
                    pointer + index,
                    ResourceKey.ofNamespace(from.namespaces().get(index)));
        }
    }

    private void exists(Resource<Guardrail> guardrail, String pointer, ResourceKey wanted) {
        if (checked.state().find(wanted).isEmpty()) {
            report.dangling(guardrail, checked.isTouched(guardrail), pointer, wanted);
        }
    }
}
