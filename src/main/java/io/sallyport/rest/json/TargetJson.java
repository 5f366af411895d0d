package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.LabelSelector;
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
        Fields fields = place.fields("destinationRef", "destinationSelector", "ports");
        Optional<ResourceName> destination = fields.optional("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<LabelSelector> selector = fields.optional("destinationSelector", LabelsJson::readSelector);
        List<PortNumber> ports = fields.list("ports", PortJson::read);
        fields.refuseRepeats("ports", ports, Function.identity());
        fields.refuseAllButOne("destinationRef", "destinationSelector");
        return fields.build(() ->
                new Target(destination.stream().toList(), selector.stream().toList(), ports));
    }

    static ObjectNode write(Target target) {
        ObjectNode result = Tree.object();
        target.destination().forEach(name -> result.set("destinationRef", ReferenceJson.write(name)));
        target.selector().forEach(one -> result.set("destinationSelector", LabelsJson.writeSelector(one)));
        Tree.list(result, "ports", target.ports(), port -> IntNode.valueOf(port.value()));
        return result;
    }
}
