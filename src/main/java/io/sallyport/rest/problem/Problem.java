package io.sallyport.rest.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Violation;
import io.sallyport.rest.json.Tree;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Why a request was not served (RFC 9457).
 *
 * @param detail for people, about this one occurrence
 * @param errors every violation, where the content was at fault
 */
public record Problem(ProblemType type, String detail, List<Violation> errors) {
    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of());
    }

    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(type.status())
                .entity(toJson().toString())
                .header(HttpHeaders.CONTENT_TYPE, ProblemType.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (type == ProblemType.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sallyport\"");
        }
        return response.build();
    }

    private ObjectNode toJson() {
        ObjectNode result = Tree.object()
                .put("type", type.uri().toString())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail);
        if (!errors.isEmpty()) {
            result.set("errors", Tree.array(errors.stream().map(Problem::toJson).toList()));
        }
        return result;
    }

    private static ObjectNode toJson(Violation violation) {
        return Tree.object()
                .put("pointer", violation.pointer())
                .put("reason", violation.reason())
                .put("message", violation.message());
    }
}
