package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An entry of a rule's {@code to} in JSON. */
final class TargetJson {
    private TargetJson() {}

    static Optional<Target> read(Place place, Name own) {
        Fields fields = place.fields("destinationRef", "ports");
        Optional<ResourceName> destination = fields.required("destinationRef", item -> ReferenceJson.read(item, own));
        List<PortNumber> ports = fields.list("ports", PortJson::read);
        fields.refuseRepeats("ports", ports, Function.identity());
        return fields.build(() -> Target.of(destination.orElseThrow(), ports));
    }

    static ObjectNode write(Target target) {
        ObjectNode result = Tree.object();
        target.destination().forEach(name -> result.set("destinationRef", ReferenceJson.write(name)));
        Tree.list(result, "ports", target.ports(), port -> IntNode.valueOf(port.value()));
        return result;
    }
}
