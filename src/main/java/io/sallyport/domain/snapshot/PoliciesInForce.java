package io.sallyport.domain.snapshot;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What policies ask where, found by the ids that listeners and hosts have of them. */
public record PoliciesInForce(Map<String, EffectivePolicy> byId) {
    public PoliciesInForce {
        byId = Map.copyOf(byId);
    }

    public static PoliciesInForce of(Collection<EffectivePolicy> policies) {
        return new PoliciesInForce(policies.stream().collect(Collectors.toMap(EffectivePolicy::id, policy -> policy)));
    }

    /** What is asked of traffic to hosts without a policy of their own. */
    public EffectivePolicy at(ListenerSnapshot listener) {
        return byId.getOrDefault(listener.policy(), EffectivePolicy.NONE);
    }

    /** What is asked of traffic to a host. */
    public EffectivePolicy at(ListenerSnapshot listener, HostEntry host) {
        return host.policy().isEmpty() ? at(listener) : byId.getOrDefault(host.policy(), EffectivePolicy.NONE);
    }

    /** All that is asked at a listener of some host or other. */
    public Stream<EffectivePolicy> anywhereAt(ListenerSnapshot listener) {
        Stream<EffectivePolicy> ofHosts = listener.hosts().stream()
                .map(HostEntry::policy)
                .filter(policy -> !policy.isEmpty())
                .distinct()
                .map(policy -> byId.getOrDefault(policy, EffectivePolicy.NONE));
        return Stream.concat(Stream.of(at(listener)), ofHosts).distinct();
    }
}
