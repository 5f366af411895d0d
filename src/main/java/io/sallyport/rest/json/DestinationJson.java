package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Delegate;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The spec of a destination in JSON. */
final class DestinationJson {
    private static final List<String> OWN_FIELDS =
            List.of("hosts", "addresses", "ports", "resolution", "endpoints", "subsets", "visibility", "delegates");
    private static final SequencedMap<String, Resolution> RESOLUTIONS =
            Choices.of(Resolution.values(), DestinationJson::name);

    private DestinationJson() {}

    static Optional<Destination> read(Place spec) {
        Fields fields = spec.fields(Stream.concat(OWN_FIELDS.stream(), UpstreamSettingsJson.FIELDS.stream())
                .toArray(String[]::new));
        List<HostPattern> hosts = fields.list("hosts", item -> item.parsed(HostPattern::parse));
        List<Cidr> addresses = fields.list("addresses", item -> item.parsed(Cidr::parse));
        List<DestinationPort> ports = fields.requiredList("ports", DestinationPortJson::read);
        Optional<Resolution> resolution =
                fields.defaulted("resolution", Resolution.DNS, item -> item.oneOf(RESOLUTIONS));
        List<Endpoint> endpoints =
                fields.list("endpoints", item -> EndpointJson.read(item, resolution.orElse(Resolution.DNS)));
        List<Subset> subsets = fields.list("subsets", SubsetJson::read);
        Optional<UpstreamSettings> settings = UpstreamSettingsJson.read(fields);
        List<Name> visibility = fields.list("visibility", item -> item.parsed(Name::new));
        List<Delegate> delegates = fields.list("delegates", DestinationJson::readDelegate);
        fields.refuseRepeats("hosts", hosts, Function.identity());
        fields.refuseRepeats("addresses", addresses, Function.identity());
        fields.refuseRepeats("ports", ports, DestinationPort::number);
        fields.refuseRepeats("endpoints", endpoints, endpoint -> List.of(endpoint.address(), endpoint.port()));
        fields.refuseRepeats("subsets", subsets, Subset::name);
        DestinationContradictions.report(fields, resolution, endpoints, subsets, settings);
        return fields.build(() -> new Destination(
                hosts,
                addresses,
                ports,
                resolution.orElseThrow(),
                endpoints,
                subsets,
                settings.orElseThrow(),
                visibility,
                delegates));
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
        Tree.texts(spec, "addresses", destination.addresses());
        Tree.list(spec, "ports", destination.ports(), DestinationPortJson::write);
        spec.put("resolution", name(destination.resolution()));
        Tree.list(spec, "endpoints", destination.endpoints(), EndpointJson::write);
        Tree.list(spec, "subsets", destination.subsets(), SubsetJson::write);
        UpstreamSettingsJson.write(spec, destination.settings());
        Tree.texts(spec, "visibility", destination.visibility());
        Tree.list(spec, "delegates", destination.delegates(), DestinationJson::writeDelegate);
        return spec;
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
