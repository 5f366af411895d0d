package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import io.sallyport.domain.security.JwtProvider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose tokens a listener takes. A token that comes must be good, or the request is refused; who sends none is known by
 * something else. Its issuer and subject are written into headers for {@link TokenNames}.
 */
final class TokenTable {
    /** What the metadata is called that it writes. */
    static final String FILTER = "envoy.filters.http.jwt_authn";

    /** Where the claims are in that metadata. */
    static final String CLAIMS = "token";

    private static final String HEADER = "proxy-authorization";
    private static final String SCHEME = "Bearer ";

    private TokenTable() {}

    static TypedExtensionConfig of(String name, List<JwtProvider> providers) {
        Map<String, io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider> byIssuer = new TreeMap<>();
        providers.forEach(provider -> byIssuer.put(provider.issuer(), provider(provider)));
        var filter = JwtAuthentication.newBuilder().putAllProviders(byIssuer);
        if (!byIssuer.isEmpty()) {
            filter.addRules(rule(
                            RouteMatch.newBuilder().setConnectMatcher(RouteMatch.ConnectMatcher.getDefaultInstance())))
                    .addRules(rule(RouteMatch.newBuilder().setPrefix("")));
        }
        return Composites.extension(name, filter.build());
    }

    private static RequirementRule rule(RouteMatch.Builder match) {
        return RequirementRule.newBuilder()
                .setMatch(match)
                .setRequires(
                        JwtRequirement.newBuilder().setAllowMissing(com.google.protobuf.Empty.getDefaultInstance()))
                .build();
    }

    private static io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider provider(JwtProvider provider) {
        return io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.newBuilder()
                .setIssuer(provider.issuer())
                .addAllAudiences(provider.audiences())
                .setLocalJwks(DataSource.newBuilder().setInlineString(provider.jwks()))
                .addFromHeaders(JwtHeader.newBuilder().setName(HEADER).setValuePrefix(SCHEME))
                .setForward(false)
                .setPayloadInMetadata(CLAIMS)
                .addClaimToHeaders(claim("iss", Headers.ISSUER))
                .addClaimToHeaders(claim("sub", Headers.SUBJECT))
                .build();
    }

    private static JwtClaimToHeader claim(String name, String header) {
        return JwtClaimToHeader.newBuilder()
                .setClaimName(name)
                .setHeaderName(header)
                .build();
    }
}
