package io.sallyport.rest.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Violation;
import io.sallyport.rest.json.Tree;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Why a request was not served (RFC 9457).
 *
 * @param detail for people, about this one occurrence
 * @param errors every violation, where the content was at fault
 * @param retryAfter when to ask again; at most one
 * @param more members that problems of this type have besides
 */
public record Problem(
        ProblemType type,
        String detail,
        List<Violation> errors,
        List<Duration> retryAfter,
        SequencedMap<String, JsonNode> more) {
    public Problem {
        errors = List.copyOf(errors);
        more = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(more));
        retryAfter = List.copyOf(retryAfter);
    }

    Problem(ProblemType type, String detail, List<Violation> errors) {
        this(type, detail, errors, List.of(), new LinkedHashMap<>());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of());
    }

    Problem retryAfter(Duration time) {
        return new Problem(type, detail, errors, List.of(time), more);
    }

    Problem with(String name, JsonNode value) {
        SequencedMap<String, JsonNode> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(type, detail, errors, retryAfter, members);
    }

    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(type.status())
                .entity(new ProblemBody(toJson()))
                .header(HttpHeaders.CONTENT_TYPE, ProblemType.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (type == ProblemType.UNAUTHENTICATED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sallyport\"");
        }
        retryAfter.forEach(time -> response.header(HttpHeaders.RETRY_AFTER, seconds(time)));
        return response.build();
    }

    // In whole seconds, rounded up: whoever comes back a moment too early is refused again.
    private static long seconds(Duration time) {
        return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
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
        more.forEach(result::set);
        return result;
    }

    private static ObjectNode toJson(Violation violation) {
        return Tree.object()
                .put("pointer", violation.pointer())
                .put("reason", violation.reason())
                .put("message", violation.message());
    }
}
