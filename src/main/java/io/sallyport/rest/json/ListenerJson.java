package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A listener of a gateway in JSON. */
final class ListenerJson {
    private static final SequencedMap<String, Protocol> PROTOCOLS = Choices.of(Protocol.values(), Protocol::name);
    private static final IpAddress ALL_ADDRESSES = new IpAddress("0.0.0.0");

    private ListenerJson() {}

    /** References without a namespace are to the gateway's own. */
    static Optional<Listener> read(Place place, Name own) {
        Fields fields = place.fields(
                "name", "address", "port", "protocol", "hostnames", "tls", "destinationRef", "acceptProxyProtocol");
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        Optional<IpAddress> address = fields.optional("address", item -> item.parsed(IpAddress::new));
        Optional<PortNumber> port = fields.required("port", PortJson::read);
        Optional<Protocol> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        List<HostPattern> hostnames = fields.list("hostnames", item -> item.parsed(HostPattern::parse));
        Optional<ListenerTls> tls = fields.optional("tls", item -> ListenerTlsJson.read(item, own));
        Optional<ResourceName> destination = fields.optional("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<Boolean> proxyProtocol = fields.optional("acceptProxyProtocol", Place::truth);
        protocol.ifPresent(known -> contradictions(fields, known, proxyProtocol.orElse(false)));
        return fields.build(() -> new Listener(
                name.orElseThrow(),
                address.orElse(ALL_ADDRESSES),
                port.orElseThrow(),
                protocol.orElseThrow(),
                hostnames,
                tls.stream().toList(),
                destination.stream().toList(),
                proxyProtocol.orElse(false)));
    }

    private static void contradictions(Fields fields, Protocol protocol, boolean acceptsProxyProtocol) {
        switch (protocol) {
            case HTTPS -> fields.needed("tls", "A listener of protocol HTTPS ends TLS, so it needs 'tls'.");
            case HTTP, TLS, TCP ->
                fields.refused("tls", "TLS is ended by listeners of protocol HTTPS and CONNECT alone.");
            case CONNECT -> {
                // with TLS or without
            }
        }
        if (protocol == Protocol.TCP) {
            fields.needed("destinationRef", "A TCP listener leads to one destination: name it in 'destinationRef'.");
            fields.refused("hostnames", "A TCP listener sees no host; it leads wherever its destinationRef does.");
        } else {
            fields.refused("destinationRef", "Only a TCP listener leads to one destination; others by host.");
        }
        if (acceptsProxyProtocol && protocol.isHttp()) {
            fields.place()
                    .child("acceptProxyProtocol")
                    .report(Reason.CONTRADICTION, "PROXY protocol is read by listeners of protocol TLS and TCP alone.");
        }
    }

    static ObjectNode write(Listener listener) {
        ObjectNode result = Tree.object()
                .put("name", listener.name().value())
                .put("address", listener.address().value())
                .put("port", listener.port().value())
                .put("protocol", listener.protocol().name());
        Tree.texts(result, "hostnames", listener.hostnames());
        listener.tls().forEach(tls -> result.set("tls", ListenerTlsJson.write(tls)));
        listener.destination().forEach(name -> result.set("destinationRef", ReferenceJson.write(name)));
        if (listener.acceptsProxyProtocol()) {
            result.put("acceptProxyProtocol", true);
        }
        return result;
    }
}
