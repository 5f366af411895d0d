package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Delegate;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** The spec of a destination in JSON. */
final class DestinationJson {
    private static final SequencedMap<String, Protocol> PROTOCOLS = Choices.of(Protocol.values(), Protocol::name);
    private static final SequencedMap<String, Resolution> RESOLUTIONS =
            Choices.of(Resolution.values(), DestinationJson::name);

    private DestinationJson() {}

    static Optional<Destination> read(Place spec) {
        Fields fields = spec.fields("hosts", "ports", "resolution", "endpoints", "visibility", "delegates");
        List<HostPattern> hosts = fields.requiredList("hosts", item -> item.parsed(HostPattern::parse));
        List<DestinationPort> ports = fields.requiredList("ports", DestinationJson::readPort);
        Resolution resolution =
                fields.optional("resolution", item -> item.oneOf(RESOLUTIONS)).orElse(Resolution.DNS);
        List<Endpoint> endpoints = readEndpoints(fields, resolution);
        List<Name> visibility = fields.list("visibility", item -> item.parsed(Name::new));
        List<Delegate> delegates = fields.list("delegates", DestinationJson::readDelegate);
        fields.refuseRepeats("hosts", hosts, Function.identity());
        fields.refuseRepeats("ports", ports, DestinationPort::number);
        return fields.build(() -> new Destination(
                hosts,
                List.of(),
                ports,
                resolution,
                endpoints,
                List.of(),
                UpstreamSettings.DEFAULT,
                visibility,
                delegates));
    }

    private static List<Endpoint> readEndpoints(Fields fields, Resolution resolution) {
        Function<Place, Optional<Endpoint>> endpoint = item -> EndpointJson.read(item, resolution);
        List<Endpoint> endpoints = resolution == Resolution.STATIC
                ? fields.requiredList("endpoints", endpoint)
                : fields.list("endpoints", endpoint);
        fields.refuseRepeats("endpoints", endpoints, Function.identity());
        return endpoints;
    }

    private static Optional<DestinationPort> readPort(Place place) {
        Fields fields = place.fields("number", "protocol", "targetPort");
        Optional<PortNumber> number = fields.required("number", PortJson::read);
        Optional<Protocol> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        Optional<PortNumber> targetPort = fields.optional("targetPort", PortJson::read);
        return fields.build(() -> new DestinationPort(
                number.orElseThrow(),
                protocol.orElseThrow(),
                targetPort.or(() -> number).orElseThrow()));
    }

    private static Optional<Delegate> readDelegate(Place place) {
        Fields fields = place.fields("host", "namespace");
        Optional<HostPattern> host = fields.required("host", item -> item.parsed(HostPattern::parse));
        Optional<Name> namespace = fields.required("namespace", item -> item.parsed(Name::new));
        return fields.build(() -> new Delegate(host.orElseThrow(), namespace.orElseThrow()));
    }

    static ObjectNode write(Destination destination) {
        ObjectNode spec = Tree.object();
        Tree.texts(spec, "hosts", destination.hosts());
        Tree.list(spec, "ports", destination.ports(), DestinationJson::writePort);
        spec.put("resolution", name(destination.resolution()));
        Tree.list(spec, "endpoints", destination.endpoints(), EndpointJson::write);
        Tree.texts(spec, "visibility", destination.visibility());
        Tree.list(spec, "delegates", destination.delegates(), DestinationJson::writeDelegate);
        return spec;
    }

    private static ObjectNode writePort(DestinationPort port) {
        return Tree.object()
                .put("number", port.number().value())
                .put("protocol", port.protocol().name())
                .put("targetPort", port.targetPort().value());
    }

    private static ObjectNode writeDelegate(Delegate delegate) {
        return Tree.object()
                .put("host", delegate.host().value())
                .put("namespace", delegate.namespace().value());
    }

    static String name(Resolution resolution) {
        return switch (resolution) {
            case DNS -> "DNS";
            case STATIC -> "Static";
            case DYNAMIC -> "Dynamic";
            case ORIGINAL -> "Original";
        };
    }
}
