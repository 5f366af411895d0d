package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteParent.Kind;
import java.util.Optional;
import java.util.SequencedMap;

/** What a route is attached to, in JSON. */
final class RouteParentJson {
    private static final SequencedMap<String, Kind> KINDS = Choices.of(Kind.values(), Choices::capitalized);

    private RouteParentJson() {}

    static Optional<RouteParent> read(Place place) {
        Fields fields = place.fields("kind", "name", "sectionName", "port");
        Optional<Kind> kind = fields.required("kind", item -> item.oneOf(KINDS));
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        Optional<Name> section = fields.optional("sectionName", item -> item.parsed(Name::new));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        kind.ifPresent(known -> {
            switch (known) {
                case DESTINATION ->
                    fields.refused(
                            "sectionName", "A sectionName is the listener of a gateway; a destination has none.");
                case EGRESS_GATEWAY ->
                    fields.refused("port", "A port is one of a destination; name the listener by sectionName.");
            }
        });
        return fields.build(() -> new RouteParent(
                kind.orElseThrow(),
                name.orElseThrow(),
                section.stream().toList(),
                port.stream().toList()));
    }

    static ObjectNode write(RouteParent parent) {
        ObjectNode result = Tree.object()
                .put("kind", Choices.capitalized(parent.kind()))
                .put("name", parent.name().value());
        parent.sectionName().forEach(section -> result.put("sectionName", section.value()));
        parent.port().forEach(port -> result.put("port", port.value()));
        return result;
    }
}
