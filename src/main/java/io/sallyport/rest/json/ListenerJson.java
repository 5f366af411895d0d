package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A listener of a gateway in JSON. */
final class ListenerJson {
    private static final SequencedMap<String, Protocol> PROTOCOLS = Choices.of(Protocol.values(), Protocol::name);
    private static final IpAddress ALL_ADDRESSES = new IpAddress("0.0.0.0");

    private ListenerJson() {}

    static Optional<Listener> read(Place place) {
        Fields fields = place.fields("name", "address", "port", "protocol", "hostnames");
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        Optional<IpAddress> address = fields.optional("address", item -> item.parsed(IpAddress::new));
        Optional<PortNumber> port = fields.required("port", PortJson::read);
        Optional<Protocol> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        List<HostPattern> hostnames = fields.list("hostnames", item -> item.parsed(HostPattern::parse));
        return fields.build(() -> new Listener(
                name.orElseThrow(),
                address.orElse(ALL_ADDRESSES),
                port.orElseThrow(),
                protocol.orElseThrow(),
                hostnames,
                List.of(),
                List.of(),
                false));
    }

    static ObjectNode write(Listener listener) {
        ObjectNode result = Tree.object()
                .put("name", listener.name().value())
                .put("address", listener.address().value())
                .put("port", listener.port().value())
                .put("protocol", listener.protocol().name());
        Tree.texts(result, "hostnames", listener.hostnames());
        return result;
    }
}
