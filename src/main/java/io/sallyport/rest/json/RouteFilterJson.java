package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.route.RouteFilter;
import java.util.Arrays;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What a rule of a route does, in JSON: a type, and the field that goes with it (Gateway API, HTTPRouteFilter). */
final class RouteFilterJson {
    private static final SequencedMap<String, Type> TYPES = Choices.of(Type.values(), Type::documentName);

    private RouteFilterJson() {}

    static Optional<RouteFilter> read(Place place, Name own) {
        Fields fields = place.fields(
                Stream.concat(Stream.of("type"), Arrays.stream(Type.values()).map(Type::field))
                        .toArray(String[]::new));
        Optional<Type> type = fields.required("type", item -> item.oneOf(TYPES));
        Optional<? extends RouteFilter> filter = type.flatMap(known -> {
            Arrays.stream(Type.values())
                    .filter(other -> other != known)
                    .forEach(other -> fields.refused(
                            other.field(),
                            "It goes with type %s; this is %s.".formatted(other.documentName(), known.documentName())));
            return fields.required(known.field(), item -> read(known, item, own));
        });
        return fields.build(filter::orElseThrow);
    }

    private static Optional<? extends RouteFilter> read(Type type, Place place, Name own) {
        return switch (type) {
            case REQUEST_HEADERS -> HeaderEditsJson.read(place).map(RouteFilter.RequestHeaders::new);
            case RESPONSE_HEADERS -> HeaderEditsJson.read(place).map(RouteFilter.ResponseHeaders::new);
            case MIRROR -> MirrorJson.read(place, own);
            case REDIRECT -> RedirectJson.read(place);
            case REWRITE -> RewriteJson.read(place);
            case FAULT -> FaultJson.read(place);
            case DIRECT_RESPONSE -> DirectResponseJson.read(place);
        };
    }

    static ObjectNode write(RouteFilter filter) {
        ObjectNode result = Tree.object().put("type", type(filter));
        result.set(
                field(filter),
                switch (filter) {
                    case RouteFilter.RequestHeaders headers -> HeaderEditsJson.write(headers.edits());
                    case RouteFilter.ResponseHeaders headers -> HeaderEditsJson.write(headers.edits());
                    case RouteFilter.Mirror mirror -> MirrorJson.write(mirror);
                    case RouteFilter.Redirect redirect -> RedirectJson.write(redirect);
                    case RouteFilter.Rewrite rewrite -> RewriteJson.write(rewrite);
                    case RouteFilter.Fault fault -> FaultJson.write(fault);
                    case RouteFilter.DirectResponse response -> DirectResponseJson.write(response);
                });
        return result;
    }

    /** Its type as documents have it. */
    static String type(RouteFilter filter) {
        return typeOf(filter).documentName();
    }

    /** The field that goes with its type. */
    static String field(RouteFilter filter) {
        return typeOf(filter).field();
    }

    private static Type typeOf(RouteFilter filter) {
        return switch (filter) {
            case RouteFilter.RequestHeaders ignored -> Type.REQUEST_HEADERS;
            case RouteFilter.ResponseHeaders ignored -> Type.RESPONSE_HEADERS;
            case RouteFilter.Mirror ignored -> Type.MIRROR;
            case RouteFilter.Redirect ignored -> Type.REDIRECT;
            case RouteFilter.Rewrite ignored -> Type.REWRITE;
            case RouteFilter.Fault ignored -> Type.FAULT;
            case RouteFilter.DirectResponse ignored -> Type.DIRECT_RESPONSE;
        };
    }

    private enum Type {
        REQUEST_HEADERS("RequestHeaderModifier", "requestHeaderModifier"),
        RESPONSE_HEADERS("ResponseHeaderModifier", "responseHeaderModifier"),
        MIRROR("RequestMirror", "requestMirror"),
        REDIRECT("RequestRedirect", "requestRedirect"),
        REWRITE("URLRewrite", "urlRewrite"),
        FAULT("FaultInjection", "faultInjection"),
        DIRECT_RESPONSE("DirectResponse", "directResponse");

        private final String documentName;
        private final String field;

        Type(String documentName, String field) {
            this.documentName = documentName;
            this.field = field;
        }

        String documentName() {
            return documentName;
        }

        String field() {
            return field;
        }
    }
}
