package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.time.Duration;
import java.util.List;

/**
 * How much may come in a time. What is above it is refused (429).
 *
 * @param local counted by each proxy for itself
 * @param global counted by a service; at most one
 */
public record RateLimit(List<Local> local, List<Global> global) {
    public RateLimit {
        local = List.copyOf(local);
        global = List.copyOf(global);
        if (global.size() > 1 || (local.isEmpty() && global.isEmpty())) {
            throw new IllegalArgumentException("a rateLimit has local limits, or a global one, or both");
        }
    }

    /** What is counted by itself, each with a limit of its own. */
    public enum Key {
        /** Each source, by its strongest identity. */
        SOURCE,
        /** Each host of a destination, however it is written. */
        HOST,
        /** Each rule that allowed. */
        RULE
    }

    /**
     * A token bucket.
     *
     * @param requests that it gains in each {@code per}, 1 at least
     * @param burst how many it holds, {@code requests} at least
     * @param keys what has a bucket of its own; one for all where empty
     */
    public record Local(int requests, Duration per, int burst, List<Key> keys) {
        public Local {
            keys = List.copyOf(keys);
            if (requests < 1 || burst < requests || !per.isPositive()) {
                throw new IllegalArgumentException("a local limit needs requests of 1, a burst of as many, and a time");
            }
        }
    }

    /**
     * A service that counts (Envoy, {@code envoy.service.ratelimit.v3.RateLimitService}).
     *
     * @param destination where it is: a {@code Destination} that the policy's namespace may use
     * @param port the destination's number of it; its first where empty; at most one
     * @param domain under which it counts
     * @param keys of which it is told
     * @param timeout of one question, more than zero
     * @param failOpen whether a request passes where no answer comes
     */
    public record Global(
            ResourceName destination,
            List<PortNumber> port,
            String domain,
            List<Key> keys,
            Duration timeout,
            boolean failOpen) {
        public Global {
            port = List.copyOf(port);
            keys = List.copyOf(keys);
            if (port.size() > 1 || domain.isBlank() || keys.isEmpty() || !timeout.isPositive()) {
                throw new IllegalArgumentException("a global limit needs a domain, a key and a time");
            }
        }
    }
}
