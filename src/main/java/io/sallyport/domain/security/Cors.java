package io.sallyport.domain.security;

import java.time.Duration;
import java.util.List;

/**
 * Which web pages may ask (Fetch standard, CORS protocol).
 *
 * @param allowOrigins {@code https://host[:port]} exactly, or {@code https://*.suffix}, or {@code *}; at least one
 * @param allowCredentials never together with the origin {@code *}
 * @param maxAge how long a browser may keep an answer, zero for not at all
 */
public record Cors(
        List<String> allowOrigins,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        Duration maxAge,
        boolean allowCredentials) {
    public Cors {
        allowOrigins = List.copyOf(allowOrigins);
        allowMethods = List.copyOf(allowMethods);
        allowHeaders = List.copyOf(allowHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
        if (allowOrigins.isEmpty() || maxAge.isNegative()) {
            throw new IllegalArgumentException("cors needs at least one origin and a maxAge of 0s at least");
        }
        if (allowCredentials && allowOrigins.contains("*")) {
            throw new IllegalArgumentException("cors with credentials names its origins");
        }
    }
}
