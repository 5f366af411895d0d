package io.sallyport.compiler.guardrail;

import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states in which guardrails were last shown to hold: to show it of another state, only what differs is to be looked
 * at. For several threads.
 */
final class Shown {
    private static final int MOST = 1_000;

    private final Map<ResourceKey, Proof> proofs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceKey, Proof> eldest) {
            return size() > MOST;
        }
    };

    /** That all flows which were meant do as they must, from some time on. */
    private record Proof(List<Index> gateways, Guardrail.Assertion assertion, Meant meant, Instant since) {
        boolean isOf(Guardrail.Assertion other, Meant now, Instant time) {
            return assertion == other && meant.equals(now) && !time.isBefore(since);
        }
    }

    /**
     * A flow by which it does not hold.
     *
     * @param concerned where one is looked for, unless it was shown to hold of another state
     */
    Optional<Breach> breach(Resource<Guardrail> guardrail, Model model, Concerned concerned, Instant now) {
        Meant meant = model.meant(guardrail.spec());
        Optional<Proof> known =
                known(guardrail).filter(proof -> proof.isOf(guardrail.spec().assertion(), meant, now));
        Optional<Breach> breach = new Breaches(model, List.of(), now)
                .of(
                        guardrail.spec(),
                        known.<Concerned>map(proof -> new Difference(proof.gateways()))
                                .orElse(concerned));
        if (breach.isEmpty() && (known.isPresent() || concerned.equals(Concerned.ALL))) {
            keep(guardrail, new Proof(model.gateways(), guardrail.spec().assertion(), meant, now));
        }
        return breach;
    }

    private synchronized Optional<Proof> known(Resource<Guardrail> guardrail) {
        return Optional.ofNullable(proofs.get(guardrail.key()));
    }

    private synchronized void keep(Resource<Guardrail> guardrail, Proof proof) {
        proofs.put(guardrail.key(), proof);
    }
}
