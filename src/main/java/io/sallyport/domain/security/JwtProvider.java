package io.sallyport.domain.security;

import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * Whose tokens prove who a source is. They come in {@code Proxy-Authorization: Bearer} and go no further.
 *
 * @param issuer the claim {@code iss}, exactly
 * @param audiences any of which the claim {@code aud} must have; any audience where empty
 * @param jwks the keys that sign them: a JSON Web Key Set (RFC 7517)
 */
public record JwtProvider(String issuer, List<String> audiences, String jwks) {
    public JwtProvider {
        audiences = List.copyOf(audiences);
        if (issuer.isBlank() || jwks.isBlank()) {
            throw new IllegalArgumentException("a provider of tokens has an issuer and keys");
        }
        PrincipalPattern subjects = new PrincipalPattern(issuer + "/*");
        if (!subjects.isOfTokens()) {
            throw new IllegalArgumentException(
                    "'%s' would issue SPIFFE IDs, which certificates alone prove: use another issuer"
                            .formatted(issuer));
        }
    }
}
