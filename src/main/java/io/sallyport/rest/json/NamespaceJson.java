package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
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
        Fields fields = place.fields("spiffeIds", "cidrs", "issuers", "agents", "labels", "hosts");
        List<PrincipalPattern> spiffeIds = fields.list("spiffeIds", item -> item.parsed(NamespaceJson::spiffeIds));
        List<Cidr> cidrs = fields.list("cidrs", item -> item.parsed(Cidr::parse));
        List<String> issuers = fields.list("issuers", item -> item.parsed(IssuerText::scope));
        List<String> agents = fields.list("agents", item -> item.parsed(NamespaceJson::agents));
        List<String> labels = fields.list("labels", LabelsJson::readPattern);
        List<HostPattern> hosts = fields.list("hosts", item -> item.parsed(HostPattern::parse));
        return fields.build(() -> new Scopes(spiffeIds, cidrs, issuers, agents, labels, hosts));
    }

    private static PrincipalPattern spiffeIds(String text) {
        PrincipalPattern pattern = new PrincipalPattern(text);
        if (pattern.isOfTokens()) {
            throw new IllegalArgumentException(
                    "'%s' is not a SPIFFE ID: use spiffe://trust-domain/path, or a prefix of one that ends in *; issuers of tokens are listed in 'issuers'"
                            .formatted(Suggestion.shortened(text)));
        }
        return pattern;
    }

    private static String agents(String text) {
        return text.startsWith("spiffe://") ? spiffeIds(text).value() : new ClientId(text).value();
    }

    static ObjectNode write(Namespace namespace) {
        ObjectNode spec = Tree.object();
        ObjectNode scopes = Tree.object();
        Tree.texts(scopes, "spiffeIds", namespace.scopes().spiffeIds());
        Tree.texts(scopes, "cidrs", namespace.scopes().cidrs());
        Tree.texts(scopes, "issuers", namespace.scopes().issuers());
        Tree.texts(scopes, "agents", namespace.scopes().agents());
        Tree.texts(scopes, "labels", namespace.scopes().labels());
        Tree.texts(scopes, "hosts", namespace.scopes().hosts());
        if (!scopes.isEmpty()) {
            spec.set("scopes", scopes);
        }
        return spec;
    }
}
