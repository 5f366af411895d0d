package io.sallyport.compiler;

import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.PolicyService;

/** How what policies ask enters a hash. */
final class PolicyEncoding {
    private PolicyEncoding() {}

    static void encode(ContentHash hash, Layer layer) {
        hash.text(layer.policy());
        encode(hash, layer.traffic());
    }

    private static void encode(ContentHash hash, TrafficPolicy traffic) {
        hash.list(traffic.authentication(), one -> encode(hash, one))
                .list(traffic.authorization(), one -> encode(hash, one))
                .list(traffic.externalAuthorization(), one -> encode(hash, one))
                .list(traffic.rateLimit(), one -> encode(hash, one))
                .list(
                        traffic.requestLimits(),
                        one -> hash.number(one.maxBodyBytes()).number(one.maxHeadersKb()))
                .list(traffic.headers(), one -> encode(hash, one))
                .list(traffic.cors(), one -> encode(hash, one))
                .list(traffic.credentialInjection(), one -> encode(hash, one));
    }

    static void encode(ContentHash hash, PolicyService service) {
        hash.text(service.destination())
                .texts(service.port())
                .text(service.host())
                .text(service.upstream());
    }

    static void encode(ContentHash hash, CredentialInjection injection) {
        hash.text(injection.credential())
                .text(injection.header())
                .text(injection.prefix())
                .text(injection.overwrite());
    }

    static void encode(ContentHash hash, Authentication authentication) {
        hash.list(authentication.jwt(), provider -> encode(hash, provider))
                .text(authentication.tokenRequired())
                .text(authentication.certificateRequired());
    }

    static void encode(ContentHash hash, JwtProvider provider) {
        hash.text(provider.issuer())
                .texts(provider.audiences())
                .text(provider.jwks())
                .list(
                        provider.remote(),
                        keys -> hash.text(keys.uri()).text(keys.cacheDuration()).texts(keys.caBundle()))
                .list(provider.fromHeaders(), header -> hash.text(header.name()).text(header.prefix()))
                .list(
                        provider.claimsToHeaders().entrySet(),
                        entry -> hash.text(entry.getKey()).text(entry.getValue()));
    }

    static void encode(ContentHash hash, AuthorizationClause clause) {
        hash.text(clause.policy());
        encode(hash, clause.rule());
        hash.texts(clause.sources());
    }

    private static void encode(ContentHash hash, AuthorizationRule rule) {
        hash.text(rule.name())
                .text(rule.action())
                .texts(rule.from().principals())
                .texts(rule.from().namespaces())
                .list(rule.from().claims(), claim -> hash.texts(claim.path()).texts(claim.values()))
                .texts(rule.from().ipBlocks())
                .texts(rule.to().hosts())
                .texts(rule.to().ports())
                .texts(rule.to().methods())
                .texts(rule.to().paths())
                .texts(rule.when());
    }

    private static void encode(ContentHash hash, ExternalAuthorization service) {
        hash.text(service.destination())
                .texts(service.port())
                .text(service.protocol())
                .text(service.pathPrefix())
                .text(service.timeout())
                .text(service.failOpen())
                .texts(service.requestHeaders())
                .texts(service.upstreamHeaders())
                .number(service.maxBodyBytes());
    }

    private static void encode(ContentHash hash, RateLimit limit) {
        hash.list(
                        limit.local(),
                        one -> hash.number(one.requests())
                                .text(one.per())
                                .number(one.burst())
                                .texts(one.keys()))
                .list(
                        limit.global(),
                        one -> hash.text(one.destination())
                                .texts(one.port())
                                .text(one.domain())
                                .texts(one.keys())
                                .text(one.timeout())
                                .text(one.failOpen()));
    }

    private static void encode(ContentHash hash, HeaderPolicy headers) {
        encode(hash, headers.request());
        encode(hash, headers.response());
    }

    private static void encode(ContentHash hash, HeaderPolicy.Edit edit) {
        hash.texts(edit.strip())
                .list(edit.set().entrySet(), entry -> hash.text(entry.getKey()).text(entry.getValue()));
    }

    private static void encode(ContentHash hash, Cors cors) {
        hash.texts(cors.allowOrigins())
                .texts(cors.allowMethods())
                .texts(cors.allowHeaders())
                .texts(cors.exposeHeaders())
                .text(cors.maxAge())
                .text(cors.allowCredentials());
    }
}
