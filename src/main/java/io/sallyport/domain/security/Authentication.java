package io.sallyport.domain.security;

import java.util.List;

/**
 * How sources prove who they are.
 *
 * @param jwt whose tokens are taken for proof
 * @param tokenRequired whether a request without a token is refused; without, rules decide by what else it shows
 * @param certificateRequired whether a request must have come with a client certificate, on a listener of mode Mutual
 */
public record Authentication(List<JwtProvider> jwt, boolean tokenRequired, boolean certificateRequired) {
    public Authentication {
        jwt = List.copyOf(jwt);
        if (tokenRequired && jwt.isEmpty()) {
            throw new IllegalArgumentException("a token cannot be required of nobody");
        }
    }

    /** Tokens are taken for proof where there are any. */
    public static Authentication byTokens(List<JwtProvider> jwt) {
        return new Authentication(jwt, false, false);
    }
}
