package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.RouteBackend;
import java.util.Optional;

/** One of the places that requests are split over, in JSON. */
final class RouteBackendJson {
    private RouteBackendJson() {}

    static Optional<RouteBackend> read(Place place, Name own) {
        Fields fields = place.fields("destinationRef", "subset", "port", "weight");
        Optional<BackendTarget> target = readTarget(fields, own);
        Optional<Integer> weight = fields.defaulted(
                "weight", RouteBackend.DEFAULT_WEIGHT, item -> item.integer(0, RouteBackend.LARGEST_WEIGHT));
        return fields.build(() -> new RouteBackend(target.orElseThrow(), weight.orElseThrow()));
    }

    /** Of an object that has more fields than those of a target. */
    static Optional<BackendTarget> readTarget(Fields fields, Name own) {
        Optional<ResourceName> destination = fields.required("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<Name> subset = fields.optional("subset", item -> item.parsed(Name::new));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        return fields.build(() -> new BackendTarget(
                destination.orElseThrow(),
                subset.stream().toList(),
                port.stream().toList()));
    }

    static ObjectNode write(RouteBackend backend) {
        return write(backend.target()).put("weight", backend.weight());
    }

    static ObjectNode write(BackendTarget target) {
        ObjectNode result = Tree.object();
        result.set("destinationRef", ReferenceJson.write(target.destination()));
        target.subset().forEach(subset -> result.put("subset", subset.value()));
        target.port().forEach(port -> result.put("port", port.value()));
        return result;
    }
}
