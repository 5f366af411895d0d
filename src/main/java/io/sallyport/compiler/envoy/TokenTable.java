package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.TokenHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whose tokens a listener takes. A token that comes must be good, or the request is refused; who sends none is known by
 * something else, unless one is required. Its issuer and subject are written into headers for {@link TokenNames}.
 */
final class TokenTable {
    /** What the metadata is called that it writes. */
    static final String FILTER = "envoy.filters.http.jwt_authn";

    /** Where the claims are in that metadata. */
    static final String CLAIMS = "token";

    private final TokenPlaces places;

    private TokenTable(TokenPlaces places) {
        this.places = places;
    }

    static TypedExtensionConfig of(String name, TokenPlaces places) {
        return Composites.extension(name, new TokenTable(places).filter());
    }

    private JwtAuthentication filter() {
        Map<String, io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider> byName = new TreeMap<>();
        places.providers().forEach(provider -> byName.put(places.name(provider), TokenProvider.of(provider)));
        var filter = JwtAuthentication.newBuilder().putAllProviders(byName);
        if (!byName.isEmpty()) {
            places.ofHosts().forEach((stamp, own) -> filter.addAllRules(rules(stamp, own)));
            filter.addAllRules(otherwise());
        }
        return filter.build();
    }

    private List<RequirementRule> otherwise() {
        return places.ofHosts().isEmpty() && !places.elsewhere().tokenRequired()
                ? TokenMatch.ALL.stream()
                        .map(match -> TokenMatch.rule(match, anyOrNone()))
                        .toList()
                : rules("", places.elsewhere());
    }

    // Of all providers whatsoever, so only where there are no others.
    private static JwtRequirement anyOrNone() {
        return JwtRequirement.newBuilder()
                .setAllowMissing(com.google.protobuf.Empty.getDefaultInstance())
                .build();
    }

    /** The first that matches counts: with a token, it must be one of these; without, it depends. */
    private List<RequirementRule> rules(String stamp, Authentication authentication) {
        List<RouteMatch.Builder> matches = stamp.isEmpty()
                ? TokenMatch.ALL
                : TokenMatch.ALL.stream()
                        .map(match -> TokenMatch.at(match, stamp))
                        .toList();
        List<RequirementRule> rules = new ArrayList<>();
        if (authentication.jwt().isEmpty()) {
            matches.forEach(match -> rules.add(TokenMatch.free(match)));
            return rules;
        }
        JwtRequirement oneOfThem = oneOf(authentication.jwt());
        if (!authentication.tokenRequired()) {
            headers(authentication)
                    .forEach(header -> matches.forEach(
                            match -> rules.add(TokenMatch.rule(TokenMatch.showing(match, header), oneOfThem))));
        }
        matches.forEach(match ->
                rules.add(authentication.tokenRequired() ? TokenMatch.rule(match, oneOfThem) : TokenMatch.free(match)));
        return rules;
    }

    private static Stream<TokenHeader> headers(Authentication authentication) {
        return authentication.jwt().stream()
                .flatMap(provider -> provider.headers().stream())
                .distinct();
    }

    private JwtRequirement oneOf(List<JwtProvider> providers) {
        List<JwtRequirement> each = providers.stream()
                .map(provider -> JwtRequirement.newBuilder()
                        .setProviderName(places.name(provider))
                        .build())
                .toList();
        return each.size() == 1
                ? each.getFirst()
                : JwtRequirement.newBuilder()
                        .setRequiresAny(JwtRequirementOrList.newBuilder().addAllRequirements(each))
                        .build();
    }
}
