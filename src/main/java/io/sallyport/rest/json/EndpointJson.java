package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.network.PortNumber;
import java.util.Optional;
import java.util.SortedMap;

/** An endpoint of a destination in JSON. */
final class EndpointJson {
    private EndpointJson() {}

    static Optional<Endpoint> read(Place place, Resolution resolution) {
        Fields fields = place.fields("address", "port", "weight", "locality", "labels");
        Optional<String> address = fields.required(
                "address",
                item -> item.parsed(
                        resolution == Resolution.STATIC ? AddressText::address : AddressText::hostOrAddress));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<Integer> weight = fields.optional("weight", item -> item.integer(1, Endpoint.MOST_WEIGHT));
        Optional<String> locality = fields.optional("locality", LabelsJson::readWord);
        SortedMap<String, String> labels = LabelsJson.read(fields, "labels");
        return fields.build(() -> new Endpoint(
                address.orElseThrow(),
                port.stream().toList(),
                weight.orElse(Endpoint.DEFAULT_WEIGHT),
                locality.orElse(""),
                labels));
    }

    static ObjectNode write(Endpoint endpoint) {
        ObjectNode result = Tree.object().put("address", endpoint.address());
        endpoint.port().forEach(port -> result.put("port", port.value()));
        return writeRest(result, endpoint.weight(), endpoint.locality(), endpoint.labels());
    }

    /** What weighs and groups an endpoint, where it is not the default. */
    static ObjectNode writeRest(ObjectNode endpoint, int weight, String locality, SortedMap<String, String> labels) {
        if (weight != Endpoint.DEFAULT_WEIGHT) {
            endpoint.put("weight", weight);
        }
        if (!locality.isEmpty()) {
            endpoint.put("locality", locality);
        }
        Tree.strings(endpoint, "labels", labels);
        return endpoint;
    }
}
