package io.sallyport.domain.security;

import io.sallyport.domain.network.PrincipalPattern;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose tokens prove who a source is. A token goes no further than the gateway.
 *
 * @param issuer the claim {@code iss}, exactly
 * @param audiences any of which the claim {@code aud} must have; any audience where empty
 * @param jwks the keys that sign them: a JSON Web Key Set (RFC 7517); empty where they are fetched
 * @param remote where the gateway fetches the keys; at most one
 * @param fromHeaders where a token may be; {@link TokenHeader#USUAL} where empty
 * @param claimsToHeaders the claim that each header tells the destination, by the header's name in lower case. What a
 *     source writes there itself is taken away.
 */
public record JwtProvider(
        String issuer,
        List<String> audiences,
        String jwks,
        List<RemoteKeys> remote,
        List<TokenHeader> fromHeaders,
        SortedMap<String, String> claimsToHeaders) {
    public JwtProvider {
        audiences = List.copyOf(audiences);
        remote = List.copyOf(remote);
        fromHeaders = List.copyOf(fromHeaders);
        claimsToHeaders = Collections.unmodifiableSortedMap(new TreeMap<>(claimsToHeaders));
        if (issuer.isBlank() || remote.size() > 1 || jwks.isBlank() == remote.isEmpty()) {
            throw new IllegalArgumentException("a provider of tokens has an issuer, and keys either here or elsewhere");
        }
        PrincipalPattern subjects = new PrincipalPattern(issuer + "/*");
        if (!subjects.isOfTokens()) {
            throw new IllegalArgumentException(
                    "'%s' would issue SPIFFE IDs, which certificates alone prove: use another issuer"
                            .formatted(issuer));
        }
    }

    /** With keys that are known, in the usual header, telling the destination nothing. */
    public JwtProvider(String issuer, List<String> audiences, String jwks) {
        this(issuer, audiences, jwks, List.of(), List.of(), new TreeMap<>());
    }

    /** Where a token may be, at least one place. */
    public List<TokenHeader> headers() {
        return fromHeaders.isEmpty() ? List.of(TokenHeader.USUAL) : fromHeaders;
    }
}
