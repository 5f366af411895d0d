package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.guardrail.FlowTarget;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An entry of a guardrail's {@code to} in JSON. */
final class FlowTargetJson {
    private FlowTargetJson() {}

    static Optional<FlowTarget> read(Place place, Name own) {
        Fields fields = place.fields("hosts", "addresses", "destinationRef", "destinationSelector", "ports");
        List<HostPattern> hosts = fields.list("hosts", item -> item.parsed(HostPattern::parse));
        List<Cidr> addresses = fields.list("addresses", item -> item.parsed(Cidr::parse));
        Optional<ResourceName> destination = fields.optional("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<LabelSelector> selector = fields.optional("destinationSelector", LabelsJson::readSelector);
        List<PortNumber> ports = fields.list("ports", PortJson::read);
        fields.refuseRepeats("hosts", hosts, Function.identity());
        fields.refuseRepeats("addresses", addresses, Function.identity());
        fields.refuseRepeats("ports", ports, Function.identity());
        return fields.build(() -> new FlowTarget(
                Stream.concat(hosts.stream(), addresses.stream().map(HostPattern::ofRange))
                        .toList(),
                destination.stream().toList(),
                selector.stream().toList(),
                ports));
    }

    static ObjectNode write(FlowTarget target) {
        ObjectNode result = Tree.object();
        Predicate<HostPattern> isRange = HostPattern::isRange;
        Tree.texts(
                result,
                "hosts",
                target.hosts().stream().filter(isRange.negate()).toList());
        Tree.texts(result, "addresses", target.hosts().stream().filter(isRange).toList());
        target.destination().forEach(name -> result.set("destinationRef", ReferenceJson.write(name)));
        target.selector().forEach(one -> result.set("destinationSelector", LabelsJson.writeSelector(one)));
        Tree.list(result, "ports", target.ports(), port -> IntNode.valueOf(port.value()));
        return result;
    }
}
