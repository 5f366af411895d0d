package io.sallyport.domain.destination;

import java.util.List;

/**
 * How traffic is spread over endpoints.
 *
 * @param hashHeader the request header that {@link Policy#RING_HASH} and {@link Policy#MAGLEV} hash; at most one, the
 *     source's address without
 * @param localities in order of preference: the endpoints of one are used while those of the ones before it fail; all
 *     alike where empty. Localities that are not named come last.
 */
public record LoadBalancer(Policy policy, List<String> hashHeader, List<String> localities) {
    public static final LoadBalancer DEFAULT = new LoadBalancer(Policy.ROUND_ROBIN, List.of(), List.of());

    public LoadBalancer {
        hashHeader = List.copyOf(hashHeader);
        localities = List.copyOf(localities);
        if (hashHeader.size() > 1 || (!hashHeader.isEmpty() && !policy.isHash())) {
            throw new IllegalArgumentException("hashHeader belongs to RingHash and Maglev, at most one");
        }
    }

    /** Which endpoint is next. */
    public enum Policy {
        ROUND_ROBIN,
        LEAST_REQUEST,
        RANDOM,
        RING_HASH,
        MAGLEV;

        /** Whether the same source, or the same header, leads to the same endpoint. */
        public boolean isHash() {
            return this == RING_HASH || this == MAGLEV;
        }
    }
}
