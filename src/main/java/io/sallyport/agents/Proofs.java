package io.sallyport.agents;

import io.sallyport.domain.agent.AgentName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which listeners were seen to serve, by what they reported of themselves. Guards itself; of too many agents the ones
 * that were heard of least lately are forgotten.
 */
final class Proofs {
    private static final int MOST_AGENTS = 20_000;
    private static final int MOST_LISTENERS = 256;

    private final LinkedHashMap<AgentName, Map<String, Proof>> byAgent = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A report of a listener.
     *
     * @param at when it was heard last
     */
    record Proof(String fingerprint, Instant at) {}

    synchronized void add(AgentName agent, String listener, Proof proof) {
        Map<String, Proof> known = byAgent.computeIfAbsent(agent, ignored -> new TreeMap<>());
        if (known.size() < MOST_LISTENERS || known.containsKey(listener)) {
            known.merge(listener, proof, (old, news) -> news.at().isBefore(old.at()) ? old : news);
        }
        if (byAgent.size() > MOST_AGENTS) {
            byAgent.remove(byAgent.sequencedKeySet().getFirst());
        }
    }

    /** Whether each of these was heard of since then, and nothing else of the same listener after it. */
    synchronized boolean hold(AgentName agent, Map<String, String> fingerprints, Instant since) {
        Map<String, Proof> known = byAgent.getOrDefault(agent, Map.of());
        return fingerprints.entrySet().stream().allMatch(wanted -> {
            Proof proof = known.get(wanted.getKey());
            return proof != null
                    && proof.fingerprint().equals(wanted.getValue())
                    && !proof.at().isBefore(since);
        });
    }

    synchronized Map<String, Proof> of(AgentName agent) {
        return Map.copyOf(byAgent.getOrDefault(agent, Map.of()));
    }
}
