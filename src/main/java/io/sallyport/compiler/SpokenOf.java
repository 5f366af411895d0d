package io.sallyport.compiler;

import static io.sallyport.compiler.Elements.each;

import io.sallyport.compiler.References.Reference;
import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.guardrail.FlowPattern;
import java.util.List;
import java.util.stream.Stream;

/** Names in a document that need not be there for it to hold: those of whom it speaks, beside its {@link References}. */
final class SpokenOf {
    private SpokenOf() {}

    static Stream<Reference> by(Resource<?> resource) {
        return switch (resource.spec()) {
            case SecurityPolicy policy ->
                each(
                        "/spec/authorization/rules",
                        policy.traffic().authorization(),
                        (pointer, rule) ->
                                namespaces(pointer + "/from", rule.from().namespaces()));
            case Guardrail guardrail ->
                Stream.concat(
                        ofFlows("/spec/flows", guardrail.flows()),
                        each("/spec/except", guardrail.except(), SpokenOf::ofFlows));
            case ApprovalPolicy policy -> namespaces("/spec", policy.namespaces());
            default -> Stream.of();
        };
    }

    private static Stream<Reference> ofFlows(String pointer, FlowPattern flows) {
        return Stream.concat(
                each(pointer + "/from", flows.from(), (place, source) -> namespaces(place, source.namespaces())),
                each(
                        pointer + "/to",
                        flows.to(),
                        (place, target) -> target.destination().stream()
                                .map(name -> new Reference(
                                        place + "/destinationRef", new ResourceKey(Kind.DESTINATION, name)))));
    }

    private static Stream<Reference> namespaces(String pointer, List<Name> names) {
        return each(
                pointer + "/namespaces",
                names,
                (place, name) -> Stream.of(new Reference(place, ResourceKey.ofNamespace(name))));
    }
}
