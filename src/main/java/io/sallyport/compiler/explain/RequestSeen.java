package io.sallyport.compiler.explain;

import com.google.re2j.Pattern;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.RouteCriteria;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as routes look at it.
 *
 * @param path without its query
 * @param query the first value of each parameter, as it is written
 * @param headers by their names in lower case; what comes several times has that many lines, any of which may match
 */
record RequestSeen(String path, String method, Map<String, String> query, SortedMap<String, String> headers) {
    private static final String GRPC = "application/grpc";

    RequestSeen {
        query = Collections.unmodifiableMap(query);
    }

    static RequestSeen of(Approach.HttpRequest request) {
        int mark = request.path().indexOf('?');
        String path = mark < 0 ? request.path() : request.path().substring(0, mark);
        String query = mark < 0 ? "" : request.path().substring(mark + 1);
        return new RequestSeen(path, request.method(), parameters(query), request.headers());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> first = new HashMap<>();
        Arrays.stream(query.split("&", -1)).filter(part -> !part.isEmpty()).forEach(part -> {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            first.putIfAbsent(name, equals < 0 ? "" : part.substring(equals + 1));
        });
        return first;
    }

    boolean meets(RouteCriteria criteria) {
        return meets(criteria.path())
                && (criteria.method().isEmpty() || criteria.method().contains(method))
                && (!criteria.isGrpc() || isGrpc())
                && criteria.headers().stream().allMatch(field -> meets(headers.get(field.name()), field))
                && criteria.queryParams().stream().allMatch(field -> meets(query.get(field.name()), field));
    }

    private boolean meets(PathMatch wanted) {
        return switch (wanted) {
            case PathMatch.Exact exact -> path.equals(exact.value());
            case PathMatch.Prefix prefix ->
                !prefix.isSelective() || path.equals(prefix.value()) || path.startsWith(prefix.value() + "/");
            case PathMatch.Regex regex -> Pattern.matches(regex.value(), path);
        };
    }

    private boolean isGrpc() {
        String type = Optional.ofNullable(headers.get("content-type")).orElse("");
        return type.equals(GRPC) || type.startsWith(GRPC + "+");
    }

    private static boolean meets(@Nullable String value, FieldMatch wanted) {
        if (wanted.value() instanceof ValueMatch.Present) {
            return (value != null) != wanted.isInverted();
        }
        if (value == null && !wanted.isInverted()) {
            return false;
        }
        boolean isAny =
                Arrays.stream((value == null ? "" : value).split("\n", -1)).anyMatch(line -> is(line, wanted.value()));
        return isAny != wanted.isInverted();
    }

    private static boolean is(String value, ValueMatch wanted) {
        return switch (wanted) {
            case ValueMatch.Exact exact -> value.equals(exact.text());
            case ValueMatch.Regex regex -> Pattern.matches(regex.regex(), value);
            case ValueMatch.Present present -> true;
        };
    }
}
