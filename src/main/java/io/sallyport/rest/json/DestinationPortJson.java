package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.PortNumber;
import java.util.Optional;
import java.util.SequencedMap;

/** A port of a destination in JSON. */
final class DestinationPortJson {
    private static final SequencedMap<String, Protocol> PROTOCOLS = Choices.of(Protocol.values(), Protocol::name);

    private DestinationPortJson() {}

    static Optional<DestinationPort> read(Place place) {
        Fields fields = place.fields("number", "protocol", "targetPort");
        Optional<PortNumber> number = fields.required("number", PortJson::read);
        Optional<Protocol> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        Optional<PortNumber> targetPort = fields.optional("targetPort", PortJson::read);
        return fields.build(() -> new DestinationPort(
                number.orElseThrow(),
                protocol.orElseThrow(),
                targetPort.or(() -> number).orElseThrow()));
    }

    static ObjectNode write(DestinationPort port) {
        return Tree.object()
                .put("number", port.number().value())
                .put("protocol", port.protocol().name())
                .put("targetPort", port.targetPort().value());
    }
}
