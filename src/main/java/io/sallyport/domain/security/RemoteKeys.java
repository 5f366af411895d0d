package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Keys that a gateway fetches by itself, over TLS that it verifies. Where it cannot, tokens are refused.
 *
 * @param uri {@code https}, with a host's name, and neither user nor fragment
 * @param cacheDuration after which they are fetched again, one second to one day
 * @param caBundle who may sign the certificate of that place: a {@code Credential} of type CaBundle, of the policy's
 *     namespace; the system's authorities without; at most one
 */
public record RemoteKeys(String uri, Duration cacheDuration, List<ResourceName> caBundle) {
    public static final Duration USUAL_CACHE = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int HTTPS = 443;

    public RemoteKeys {
        caBundle = List.copyOf(caBundle);
        URI parsed = URI.create(uri);
        if (!"https".equals(parsed.getScheme())
                || parsed.getHost() == null
                || parsed.getRawUserInfo() != null
                || parsed.getRawFragment() != null
                || parsed.getHost().startsWith("[")) {
            throw new IllegalArgumentException(
                    "'%s' is no place for keys: use https and a host, https://issuer.example/jwks.json for example"
                            .formatted(uri));
        }
        if (cacheDuration.compareTo(Duration.ofSeconds(1)) < 0 || cacheDuration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("keys are kept for 1s to 24h");
        }
    }

    public String host() {
        return URI.create(uri).getHost();
    }

    public PortNumber port() {
        int port = URI.create(uri).getPort();
        return new PortNumber(port < 0 ? HTTPS : port);
    }
}
