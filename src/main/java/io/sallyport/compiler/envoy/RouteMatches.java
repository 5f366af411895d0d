package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.RouteCriteria;
import java.util.List;

/** What a request must be to take a route. Queries are no part of a path to Envoy either. */
final class RouteMatches {
    private RouteMatches() {}

    /** {@code queryParams} stand for those of the criteria. */
    static RouteMatch.Builder of(RouteCriteria criteria, List<FieldMatch> queryParams) {
        RouteMatch.Builder match = path(criteria.path()).addAllQueryParameters(queryParameters(queryParams));
        criteria.headers().forEach(field -> match.addHeaders(header(field)));
        criteria.method().forEach(method -> match.addHeaders(method(method)));
        return criteria.isGrpc() ? match.setGrpc(RouteMatch.GrpcRouteMatchOptions.getDefaultInstance()) : match;
    }

    static RouteMatch.Builder anyPath() {
        return RouteMatch.newBuilder().setPrefix("/");
    }

    static List<QueryParameterMatcher> queryParameters(List<FieldMatch> fields) {
        return fields.stream().map(RouteMatches::queryParameter).toList();
    }

    /** Where this is found anywhere in the path: a regular expression. */
    static RouteMatch.Builder pathWith(String part) {
        return RouteMatch.newBuilder().setSafeRegex(regex(".*" + part + ".*"));
    }

    private static RouteMatch.Builder path(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact(String value) -> RouteMatch.newBuilder().setPath(value);
            case PathMatch.Prefix prefix ->
                prefix.isSelective() ? RouteMatch.newBuilder().setPathSeparatedPrefix(prefix.value()) : anyPath();
            case PathMatch.Regex(String value) -> RouteMatch.newBuilder().setSafeRegex(regex(value));
        };
    }

    // Turned around, what is not there counts as empty; for Envoy it would match nothing.
    private static HeaderMatcher header(FieldMatch field) {
        HeaderMatcher.Builder header =
                HeaderMatcher.newBuilder().setName(field.name()).setInvertMatch(field.isInverted());
        return switch (field.value()) {
            case ValueMatch.Present present -> header.setPresentMatch(true).build();
            case ValueMatch.Exact(String text) -> valued(header, exact(text), field.isInverted());
            case ValueMatch.Regex(String value) -> valued(header, matching(value), field.isInverted());
        };
    }

    private static HeaderMatcher valued(HeaderMatcher.Builder header, StringMatcher value, boolean isInverted) {
        return header.setStringMatch(value)
                .setTreatMissingHeaderAsEmpty(isInverted)
                .build();
    }

    private static QueryParameterMatcher queryParameter(FieldMatch field) {
        var matcher = QueryParameterMatcher.newBuilder().setName(field.name());
        return switch (field.value()) {
            case ValueMatch.Exact(String text) ->
                matcher.setStringMatch(exact(text)).build();
            case ValueMatch.Regex(String regex) ->
                matcher.setStringMatch(matching(regex)).build();
            case ValueMatch.Present present ->
                matcher.setPresentMatch(!field.isInverted()).build();
        };
    }

    private static HeaderMatcher method(String method) {
        return HeaderMatcher.newBuilder()
                .setName(":method")
                .setStringMatch(exact(method))
                .build();
    }

    private static StringMatcher exact(String text) {
        return StringMatcher.newBuilder().setExact(text).build();
    }

    private static StringMatcher matching(String regex) {
        return StringMatcher.newBuilder().setSafeRegex(regex(regex)).build();
    }

    private static RegexMatcher regex(String regex) {
        return RegexMatcher.newBuilder().setRegex(regex).build();
    }
}
