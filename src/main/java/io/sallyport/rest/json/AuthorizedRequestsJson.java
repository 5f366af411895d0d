package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.security.AuthorizationRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Of what a rule of authorization speaks, in JSON. */
final class AuthorizedRequestsJson {
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^*?#]]{0,1000}\\*?");
    private static final List<String> FIELDS = List.of("hosts", "ports", "methods", "paths");

    private AuthorizedRequestsJson() {}

    static Optional<AuthorizationRule.Requests> read(Place place) {
        Fields fields = place.fields(FIELDS.toArray(String[]::new));
        List<HostPattern> hosts = fields.list("hosts", item -> item.parsed(AuthorizedRequestsJson::host));
        List<PortNumber> ports = fields.list("ports", PortJson::read);
        List<String> methods = fields.list("methods", item -> item.parsed(AuthorizedRequestsJson::method));
        List<String> paths = fields.list("paths", item -> item.parsed(AuthorizedRequestsJson::path));
        FIELDS.forEach(fields::refuseEmpty);
        fields.refuseRepeats("hosts", hosts, Function.identity());
        fields.refuseRepeats("ports", ports, Function.identity());
        fields.refuseRepeats("methods", methods, Function.identity());
        fields.refuseRepeats("paths", paths, Function.identity());
        if (place.value().isObject() && place.value().isEmpty()) {
            place.report(Violations.Reason.MISSING_FIELD, "Say what is meant, or leave 'to' out for everything.");
        }
        return fields.build(() -> new AuthorizationRule.Requests(hosts, ports, methods, paths));
    }

    private static HostPattern host(String text) {
        HostPattern host = new HostPattern(text);
        if (host.isRange()) {
            throw new IllegalArgumentException(
                    "'%s' is a range of addresses: use a host, or *.suffix".formatted(Suggestion.shortened(text)));
        }
        return host;
    }

    /** A method of a request that is read. */
    static String method(String text) {
        if (!METHOD.matcher(text).matches() || text.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "'%s' is not a method of requests: use GET or PUT for example, in capitals"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    // What is refused as ambiguous would never match.
    private static String path(String text) {
        if (!PATH.matcher(text).matches() || AmbiguousPath.is(text)) {
            throw new IllegalArgumentException(
                    "'%s' is not a path as it is compared: use /orders, or /orders/* for all below; without query, dots, empty parts and escapes of what needs none"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(AuthorizationRule.Requests to) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "hosts", to.hosts());
        Tree.list(result, "ports", to.ports(), port -> IntNode.valueOf(port.value()));
        Tree.texts(result, "methods", to.methods());
        Tree.texts(result, "paths", to.paths());
        return result;
    }
}
