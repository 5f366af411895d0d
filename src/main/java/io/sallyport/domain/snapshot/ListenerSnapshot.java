package io.sallyport.domain.snapshot;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.JwtProvider;
import java.util.List;

/**
 * A listener with the hosts that it serves.
 *
 * @param hosts by host; the table where, and with its ports the table may. A TCP listener has one entry for all hosts
 *     whatsoever, or those for ranges, of the destination that it names.
 * @param jwt whose tokens it takes for proof, by issuer
 * @param policy the id of an {@link EffectivePolicy} of the same snapshot, for hosts without one of their own; none where
 *     empty
 */
public record ListenerSnapshot(Listener listener, List<HostEntry> hosts, List<JwtProvider> jwt, String policy) {
    public ListenerSnapshot {
        hosts = List.copyOf(hosts);
        jwt = List.copyOf(jwt);
    }

    public ListenerSnapshot with(List<HostEntry> newHosts) {
        return new ListenerSnapshot(listener, newHosts, jwt, policy);
    }

    /** The same as it is for hosts where other tokens are taken for proof. */
    public ListenerSnapshot taking(List<JwtProvider> tokens) {
        return new ListenerSnapshot(listener, hosts, tokens, policy);
    }
}
