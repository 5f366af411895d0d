package io.sallyport.identity.oidc;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.identity.AgentAuthenticator;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Proves agents by their OIDC access tokens: signature, issuer, audience and time as configured for all callers. */
@Singleton
final class OidcAgentAuthenticator implements AgentAuthenticator {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_CLIENT_ID = 255;

    private final TenantIdentityProvider provider;

    @Inject
    OidcAgentAuthenticator(TenantIdentityProvider provider) {
        this.provider = provider;
    }

    @Override
    public AgentIdentity authenticate(String bearerToken) {
        JsonWebToken token = verify(bearerToken);
        ClientId client = clientId(token)
                .orElseThrow(() -> refused("The token names no client: it needs the claim azp or client_id"));
        return new AgentIdentity(client, Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private JsonWebToken verify(String bearerToken) {
        try {
            var identity = provider.authenticate(new AccessTokenCredential(bearerToken))
                    .await()
                    .atMost(PATIENCE);
            if (identity.getPrincipal() instanceof JsonWebToken token) {
                return token;
            }
            throw refused("The token is not a JSON Web Token");
        } catch (AuthenticationFailedException invalid) {
            throw refused("The token is malformed, expired, not signed by the issuer, or meant for others");
        } catch (TimeoutException late) {
            throw new FailureException(new Failure.Unavailable("The issuer does not answer"));
        }
    }

    private static Optional<ClientId> clientId(JsonWebToken token) {
        return Stream.of("azp", "client_id")
                .flatMap(claim -> token.<Object>claim(claim).stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_CLIENT_ID)
                .findFirst()
                .map(ClientId::new);
    }

    private static FailureException refused(String detail) {
        return new FailureException(new Failure.Unauthenticated(detail));
    }
}
