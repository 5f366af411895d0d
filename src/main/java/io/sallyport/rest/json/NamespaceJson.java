package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.workload.Scopes;
import java.util.List;
import java.util.Optional;

/** The spec of a namespace in JSON. */
final class NamespaceJson {
    private NamespaceJson() {}

    static Optional<Namespace> read(Place spec) {
        Fields fields = spec.fields("scopes");
        Optional<Scopes> scopes = fields.optional("scopes", NamespaceJson::readScopes);
        return fields.build(() -> new Namespace(scopes.orElse(Scopes.NONE)));
    }

    private static Optional<Scopes> readScopes(Place place) {
        Fields fields = place.fields("spiffeIds", "cidrs", "hosts");
        List<PrincipalPattern> spiffeIds = fields.list("spiffeIds", item -> item.parsed(PrincipalPattern::new));
        List<Cidr> cidrs = fields.list("cidrs", item -> item.parsed(Cidr::parse));
        List<HostPattern> hosts = fields.list("hosts", item -> item.parsed(HostPattern::parse));
        return fields.build(() -> new Scopes(spiffeIds, cidrs, List.of(), List.of(), List.of(), hosts));
    }

    static ObjectNode write(Namespace namespace) {
        ObjectNode spec = Tree.object();
        ObjectNode scopes = Tree.object();
        Tree.texts(scopes, "spiffeIds", namespace.scopes().spiffeIds());
        Tree.texts(scopes, "cidrs", namespace.scopes().cidrs());
        Tree.texts(scopes, "hosts", namespace.scopes().hosts());
        if (!scopes.isEmpty()) {
            spec.set("scopes", scopes);
        }
        return spec;
    }
}
