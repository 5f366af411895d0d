package io.sallyport.domain.security;

/**
 * A header that a token may be in.
 *
 * @param name in lower case
 * @param prefix before the token, {@code "Bearer "} for example; may be empty
 */
public record TokenHeader(String name, String prefix) {
    /** It is for the proxy, so this is its header (RFC 9110, section 11.7.1). */
    public static final TokenHeader USUAL = new TokenHeader("proxy-authorization", "Bearer ");

    public TokenHeader {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a header has a name");
        }
    }
}
