package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwksAsyncFetch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RemoteKeys;

/** Whose tokens are verified, by which keys, and what of them goes on. */
final class TokenProvider {
    private static final Duration FETCH_TIMEOUT =
            Duration.newBuilder().setSeconds(5).build();
    private static final Duration FETCHED_AGAIN =
            Duration.newBuilder().setSeconds(1).build();

    private TokenProvider() {}

    static io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider of(JwtProvider provider) {
        var envoy = io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.newBuilder()
                .setIssuer(provider.issuer())
                .addAllAudiences(provider.audiences())
                .setForward(false)
                .setPayloadInMetadata(TokenTable.CLAIMS)
                .addClaimToHeaders(claim("iss", Headers.ISSUER))
                .addClaimToHeaders(claim("sub", Headers.SUBJECT));
        provider.headers()
                .forEach(header -> envoy.addFromHeaders(
                        JwtHeader.newBuilder().setName(header.name()).setValuePrefix(header.prefix())));
        provider.claimsToHeaders().forEach((header, claim) -> envoy.addClaimToHeaders(claim(claim, header)));
        provider.remote().forEach(keys -> envoy.setRemoteJwks(remote(keys)));
        return provider.remote().isEmpty()
                ? envoy.setLocalJwks(DataSource.newBuilder().setInlineString(provider.jwks()))
                        .build()
                : envoy.build();
    }

    // Fetched before they are needed. Nothing waits for them: without keys, no token is good.
    private static RemoteJwks remote(RemoteKeys keys) {
        return RemoteJwks.newBuilder()
                .setHttpUri(HttpUri.newBuilder()
                        .setUri(keys.uri())
                        .setCluster(RemoteKeyCluster.name(keys))
                        .setTimeout(FETCH_TIMEOUT))
                .setCacheDuration(Durations.of(keys.cacheDuration()))
                .setAsyncFetch(
                        JwksAsyncFetch.newBuilder().setFastListener(true).setFailedRefetchDuration(FETCHED_AGAIN))
                .build();
    }

    private static JwtClaimToHeader claim(String name, String header) {
        return JwtClaimToHeader.newBuilder()
                .setClaimName(name)
                .setHeaderName(header)
                .build();
    }
}
