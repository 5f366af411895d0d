package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.GrpcMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a request must be for a rule of a route, in JSON. */
final class RouteMatchJson {
    private static final int MOST_ENTRIES = 16;
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern GRPC_SERVICE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern GRPC_METHOD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST_GRPC_NAME = 1024;

    private RouteMatchJson() {}

    static Optional<RouteMatch> read(Place place) {
        Fields fields = place.fields("path", "headers", "queryParams", "method", "grpc", "sni", "port");
        Optional<PathMatch> path = fields.optional("path", PathMatchJson::read);
        List<FieldMatch> headers = fields.list("headers", FieldMatchJson::readHeader);
        List<FieldMatch> queryParams = fields.list("queryParams", FieldMatchJson::readQueryParam);
        Optional<String> method = fields.optional("method", item -> item.parsed(RouteMatchJson::method));
        Optional<GrpcMatch> grpc = fields.optional("grpc", RouteMatchJson::readGrpc);
        List<HostPattern> sni = fields.list("sni", item -> item.parsed(HostPattern::parse));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        fields.refuseRepeats("headers", headers, Function.identity());
        fields.refuseRepeats("queryParams", queryParams, Function.identity());
        fields.refuseRepeats("sni", sni, Function.identity());
        for (String list : List.of("headers", "queryParams", "sni")) {
            fields.refuseMoreThan(MOST_ENTRIES, list);
        }
        contradictions(fields);
        return fields.build(() -> new RouteMatch(
                path.stream().toList(),
                headers,
                queryParams,
                method.stream().toList(),
                grpc.stream().toList(),
                sni,
                port.stream().toList()));
    }

    private static void contradictions(Fields fields) {
        if (fields.isThere("grpc")) {
            fields.refused("path", "'grpc' says the path itself: /service/method.");
            fields.refused("method", "A call of gRPC is a POST always; its own method is grpc.method.");
        }
        if (fields.isThere("sni")) {
            for (String field : List.of("path", "headers", "queryParams", "method", "grpc")) {
                fields.refused(
                        field, "TLS that is passed on by its sni is not read; match HTTP in a match of its own.");
            }
        }
    }

    private static String method(String text) {
        if (!METHOD.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a method of HTTP: use GET for example".formatted(Suggestion.shortened(text)));
        }
        if (text.equals("CONNECT")) {
            throw new IllegalArgumentException("what CONNECT opens is passed on unread, so no route can match it");
        }
        return text;
    }

    private static Optional<GrpcMatch> readGrpc(Place place) {
        Fields fields = place.fields("service", "method");
        Optional<String> service = fields.optional(
                "service", item -> item.parsed(text -> grpcName(text, GRPC_SERVICE, "service", "shop.v1.Orders")));
        Optional<String> method =
                fields.optional("method", item -> item.parsed(text -> grpcName(text, GRPC_METHOD, "method", "Cancel")));
        if (!fields.isThere("service")) {
            fields.needed("method", "A call is matched by its 'service', its 'method', or both.");
        }
        return fields.build(
                () -> new GrpcMatch(service.stream().toList(), method.stream().toList()));
    }

    private static String grpcName(String text, Pattern syntax, String what, String example) {
        if (text.length() > LONGEST_GRPC_NAME || !syntax.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is not a %s of gRPC: use %s for example"
                    .formatted(Suggestion.shortened(text), what, example));
        }
        return text;
    }

    static ObjectNode write(RouteMatch match) {
        ObjectNode result = Tree.object();
        match.path().forEach(path -> result.set("path", PathMatchJson.write(path)));
        Tree.list(result, "headers", match.headers(), FieldMatchJson::write);
        Tree.list(result, "queryParams", match.queryParams(), FieldMatchJson::write);
        match.method().forEach(method -> result.put("method", method));
        match.grpc().forEach(grpc -> {
            ObjectNode call = result.putObject("grpc");
            grpc.service().forEach(service -> call.put("service", service));
            grpc.method().forEach(method -> call.put("method", method));
        });
        Tree.texts(result, "sni", match.sni());
        match.port().forEach(port -> result.put("port", port.value()));
        return result;
    }
}
