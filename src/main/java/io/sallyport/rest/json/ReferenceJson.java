package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import java.util.Optional;

/** A reference {@code {namespace?, name}} in JSON; without a namespace it is to the referrer's own. */
final class ReferenceJson {
    private ReferenceJson() {}

    static Optional<ResourceName> read(Place place, Name own) {
        Fields fields = place.fields("namespace", "name");
        return read(fields, own);
    }

    /** Of an object that has more fields than these two. */
    static Optional<ResourceName> read(Fields fields, Name own) {
        Optional<Name> namespace = fields.optional("namespace", item -> item.parsed(Name::new));
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        return fields.build(() -> new ResourceName(namespace.orElse(own), name.orElseThrow()));
    }

    static ObjectNode write(ResourceName name) {
        return Tree.object()
                .put("namespace", name.namespace().value())
                .put("name", name.name().value());
    }
}
