package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.util.Optional;

/** An endpoint of a destination in JSON. */
final class EndpointJson {
    private EndpointJson() {}

    static Optional<Endpoint> read(Place place, Resolution resolution) {
        Fields fields = place.fields("address", "port");
        Optional<String> address = fields.required("address", item -> item.parsed(text -> address(text, resolution)));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        return fields.build(() -> new Endpoint(
                address.orElseThrow(), port.stream().toList(), Endpoint.DEFAULT_WEIGHT, "", Metadata.noLabels()));
    }

    static ObjectNode write(Endpoint endpoint) {
        ObjectNode result = Tree.object().put("address", endpoint.address());
        endpoint.port().forEach(port -> result.put("port", port.value()));
        return result;
    }

    private static String address(String text, Resolution resolution) {
        if (IpAddress.isValid(text)) {
            return new IpAddress(text).value();
        }
        if (resolution == Resolution.STATIC) {
            throw new IllegalArgumentException(
                    "'%s' is not an IP address: use one, or resolution DNS where the endpoint is a name"
                            .formatted(Suggestion.shortened(text)));
        }
        HostPattern host = new HostPattern(text);
        if (host.isWildcard()) {
            throw new IllegalArgumentException(
                    "'%s' is a wildcard: an endpoint is one host or address".formatted(text));
        }
        return host.value();
    }
}
