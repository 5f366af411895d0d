package io.sallyport.push.agent;

import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.TokenHeader;
import io.sallyport.push.agent.v1.AgentProtocol;

/** Whose tokens are taken for proof. */
final class JwtFields {
    private JwtFields() {}

    static AgentProtocol.JwtProvider of(JwtProvider provider) {
        AgentProtocol.JwtProvider.Builder body = AgentProtocol.JwtProvider.newBuilder()
                .setIssuer(provider.issuer())
                .addAllAudiences(provider.audiences())
                .setJwks(provider.jwks())
                .addAllPlaces(
                        provider.fromHeaders().stream().map(JwtFields::place).toList())
                .putAllClaimsToHeaders(provider.claimsToHeaders());
        provider.remote().forEach(remote -> body.setRemote(remote(remote)));
        return body.build();
    }

    private static AgentProtocol.JwtProvider.Place place(TokenHeader header) {
        return AgentProtocol.JwtProvider.Place.newBuilder()
                .setHeader(header.name())
                .setPrefix(header.prefix())
                .build();
    }

    private static AgentProtocol.JwtProvider.RemoteKeys remote(RemoteKeys keys) {
        AgentProtocol.JwtProvider.RemoteKeys.Builder body = AgentProtocol.JwtProvider.RemoteKeys.newBuilder()
                .setUri(keys.uri())
                .setCache(Times.of(keys.cacheDuration()));
        keys.caBundle().forEach(name -> body.setCaBundle(name.toString()));
        return body.build();
    }
}
