package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.security.TokenHeader;
import java.util.List;

/** Of which requests something is required. */
final class TokenMatch {
    /** Tunnels, and all others. */
    static final List<RouteMatch.Builder> ALL = List.of(
            RouteMatch.newBuilder().setConnectMatcher(RouteMatch.ConnectMatcher.getDefaultInstance()),
            RouteMatch.newBuilder().setPrefix(""));

    private TokenMatch() {}

    /** Those that the table where has stamped so. */
    static RouteMatch.Builder at(RouteMatch.Builder match, String stamp) {
        return match.clone()
                .addHeaders(
                        header(Headers.DESTINATION, StringMatcher.newBuilder().setExact(stamp)));
    }

    /** Those that show something in a header that a token may be in. */
    static RouteMatch.Builder showing(RouteMatch.Builder match, TokenHeader header) {
        return match.clone()
                .addHeaders(
                        header.prefix().isEmpty()
                                ? HeaderMatcher.newBuilder()
                                        .setName(header.name())
                                        .setPresentMatch(true)
                                        .build()
                                : header(
                                        header.name(),
                                        StringMatcher.newBuilder().setContains(header.prefix())));
    }

    static RequirementRule rule(RouteMatch.Builder match, JwtRequirement requirement) {
        return free(match).toBuilder().setRequires(requirement).build();
    }

    /** That nothing is required. */
    static RequirementRule free(RouteMatch.Builder match) {
        return RequirementRule.newBuilder().setMatch(match).build();
    }

    private static HeaderMatcher header(String name, StringMatcher.Builder expected) {
        return HeaderMatcher.newBuilder().setName(name).setStringMatch(expected).build();
    }
}
