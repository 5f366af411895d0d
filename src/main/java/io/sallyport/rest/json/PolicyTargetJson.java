package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.PolicyTarget.Kind;
import java.util.Optional;
import java.util.SequencedMap;

/** What a security policy is attached to, in JSON. */
final class PolicyTargetJson {
    private static final SequencedMap<String, Kind> KINDS = Choices.of(Kind.values(), Choices::capitalized);

    private PolicyTargetJson() {}

    static Optional<PolicyTarget> read(Place place) {
        Fields fields = place.fields("kind", "name", "sectionName");
        Optional<Kind> kind = fields.required("kind", item -> item.oneOf(KINDS));
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        Optional<Name> section = fields.optional("sectionName", item -> item.parsed(Name::new));
        if (kind.isPresent() && kind.get() == Kind.DESTINATION) {
            fields.refused("sectionName", "A sectionName is the listener of a gateway; a destination has none.");
        }
        return fields.build(() -> new PolicyTarget(
                kind.orElseThrow(), name.orElseThrow(), section.stream().toList()));
    }

    static ObjectNode write(PolicyTarget target) {
        ObjectNode result = Tree.object()
                .put("kind", Choices.capitalized(target.kind()))
                .put("name", target.name().value());
        target.sectionName().forEach(section -> result.put("sectionName", section.value()));
        return result;
    }
}
