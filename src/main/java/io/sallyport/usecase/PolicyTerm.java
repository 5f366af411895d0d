package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.store.PolicyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Since when a gateway has a rollout policy without a break. A policy that was taken away ended its rollout, also where one
 * came back before anybody looked. One thread.
 */
final class PolicyTerm {
    private final PolicyStore policies;
    // The last answer for each gateway: looked for once after each write of it.
    private final Map<ResourceName, Answer> answers = new HashMap<>();

    private record Answer(Revision written, Revision stable, Revision since) {}

    PolicyTerm(PolicyStore policies) {
        this.policies = policies;
    }

    /** What was found is of a history that is no more. */
    void forget() {
        answers.clear();
    }

    /** Looks back to the stable revision; that one where there was no break after it. The gateway has a policy now. */
    Revision since(DesiredState now, ResourceName gateway, Revision stable) {
        Revision written = now.gateway(gateway).orElseThrow().metadata().revision();
        if (!written.isAfter(stable)) {
            return stable;
        }
        Answer known = answers.get(gateway);
        if (known == null || !known.written().equals(written) || !known.stable().equals(stable)) {
            known = new Answer(written, stable, lookBack(now, gateway, written, stable));
            answers.put(gateway, known);
        }
        return known.since();
    }

    private Revision lookBack(DesiredState now, ResourceName gateway, Revision written, Revision stable) {
        Revision since = written;
        Optional<Resource<EgressGateway>> before = before(now, gateway, since);
        while (before.filter(PolicyTerm::hasPolicy).isPresent()) {
            since = before.get().metadata().revision();
            if (!since.isAfter(stable)) {
                return stable;
            }
            before = before(now, gateway, since);
        }
        return since;
    }

    private Optional<Resource<EgressGateway>> before(DesiredState now, ResourceName gateway, Revision written) {
        ResourceKey key = new ResourceKey(Kind.EGRESS_GATEWAY, gateway);
        Revision earlier = new Revision(written.number() - 1);
        List<Change> back = policies.changesBack(now.revision(), earlier).stream()
                .filter(change -> change.key().equals(key))
                .toList();
        return now.with(earlier, back).gateway(gateway);
    }

    private static boolean hasPolicy(Resource<EgressGateway> gateway) {
        return !gateway.spec().rollout().isEmpty();
    }
}
