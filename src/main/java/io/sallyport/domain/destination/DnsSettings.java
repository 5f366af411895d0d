package io.sallyport.domain.destination;

import java.time.Duration;

/**
 * How names are resolved.
 *
 * @param refreshRate how often a name is asked for again, 1 second to 1 day
 * @param respectTtl whether the answer's own time to live is kept instead
 */
public record DnsSettings(Duration refreshRate, boolean respectTtl, Family family) {
    public static final Duration DEFAULT_REFRESH_RATE = Duration.ofSeconds(5);
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofDays(1);
    public static final DnsSettings DEFAULT = new DnsSettings(DEFAULT_REFRESH_RATE, false, Family.V4_PREFERRED);

    public DnsSettings {
        if (refreshRate.compareTo(SHORTEST) < 0 || refreshRate.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("refreshRate %s is out of range: use 1s to 24h".formatted(refreshRate));
        }
    }

    /** Which addresses are asked for. */
    public enum Family {
        /** IPv4, and IPv6 where there is none. */
        V4_PREFERRED,
        V4_ONLY,
        V6_ONLY,
        /** Both. */
        ALL
    }
}
