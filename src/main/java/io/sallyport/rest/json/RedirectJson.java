package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RouteFilter.Redirect;
import io.sallyport.domain.route.RouteFilter.Scheme;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The answer that a request is to go elsewhere, in JSON (Gateway API, HTTPRequestRedirectFilter). */
final class RedirectJson {
    private static final SequencedMap<String, Scheme> SCHEMES = Choices.of(Scheme.values(), RedirectJson::name);
    private static final List<String> WHERE = List.of("scheme", "hostname", "port", "path");

    private RedirectJson() {}

    static Optional<Redirect> read(Place place) {
        Fields fields = place.fields("scheme", "hostname", "port", "path", "statusCode");
        Optional<Scheme> scheme = fields.optional("scheme", item -> item.oneOf(SCHEMES));
        Optional<HostPattern> hostname = fields.optional("hostname", item -> item.parsed(RewriteJson::exactHost));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<PathRewrite> path = fields.optional("path", PathRewriteJson::read);
        Optional<Integer> status = fields.defaulted("statusCode", Redirect.DEFAULT_STATUS_CODE, RedirectJson::status);
        if (WHERE.stream().noneMatch(fields::isThere)) {
            fields.needed(
                    "hostname",
                    "Somewhere else is to be said, or the redirect leads to itself: 'scheme', 'hostname', 'port' or 'path'.");
        }
        return fields.build(() -> new Redirect(
                scheme.stream().toList(),
                hostname.stream().toList(),
                port.stream().toList(),
                path.stream().toList(),
                status.orElseThrow()));
    }

    private static Optional<Integer> status(Place place) {
        Optional<Integer> status = place.integer(301, 308);
        if (status.isPresent() && !Redirect.STATUS_CODES.contains(status.get())) {
            place.report(
                    Reason.OUT_OF_RANGE,
                    "%d is no status of a redirect: use one of %s.".formatted(status.get(), Redirect.STATUS_CODES));
            return Optional.empty();
        }
        return status;
    }

    static ObjectNode write(Redirect redirect) {
        ObjectNode result = Tree.object();
        redirect.scheme().forEach(scheme -> result.put("scheme", name(scheme)));
        redirect.hostname().forEach(hostname -> result.put("hostname", hostname.value()));
        redirect.port().forEach(port -> result.put("port", port.value()));
        redirect.path().forEach(path -> result.set("path", PathRewriteJson.write(path)));
        return result.put("statusCode", redirect.statusCode());
    }

    private static String name(Scheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }
}
