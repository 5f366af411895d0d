package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RouteFilter.Rewrite;
import java.util.Optional;

/** Another host or path for a request that is sent on, in JSON (Gateway API, HTTPURLRewriteFilter). */
final class RewriteJson {
    private RewriteJson() {}

    static Optional<Rewrite> read(Place place) {
        Fields fields = place.fields("hostname", "path");
        Optional<HostPattern> hostname = fields.optional("hostname", item -> item.parsed(RewriteJson::exactHost));
        Optional<PathRewrite> path = fields.optional("path", PathRewriteJson::read);
        if (!fields.isThere("hostname")) {
            fields.needed("path", "Something is to be rewritten here: 'hostname', 'path' or both.");
        }
        return fields.build(
                () -> new Rewrite(hostname.stream().toList(), path.stream().toList()));
    }

    static HostPattern exactHost(String text) {
        HostPattern host = HostPattern.parse(text);
        if (host.isWildcard()) {
            throw new IllegalArgumentException(
                    "'%s' is more than one host: name the one that is meant".formatted(text));
        }
        return host;
    }

    static ObjectNode write(Rewrite rewrite) {
        ObjectNode result = Tree.object();
        rewrite.hostname().forEach(hostname -> result.put("hostname", hostname.value()));
        rewrite.path().forEach(path -> result.set("path", PathRewriteJson.write(path)));
        return result;
    }
}
