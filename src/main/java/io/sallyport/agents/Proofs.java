package io.sallyport.agents;

import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.ListenerProof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
     * @param toldAt of which of these times others know; {@link Instant#MIN} for none
     */
    record Proof(String fingerprint, Instant at, Instant toldAt) {
        Proof(String fingerprint, Instant at) {
            this(fingerprint, at, Instant.MIN);
        }

        boolean isTold() {
            return !toldAt.equals(Instant.MIN);
        }

        Proof told() {
            return new Proof(fingerprint, at, at);
        }

        /** What is heard again of the same listener is news to others only now and then. */
        Proof then(Proof newer) {
            if (newer.at().isBefore(at)) {
                return this;
            }
            return newer.fingerprint().equals(fingerprint) && !newer.isTold()
                    ? new Proof(fingerprint, newer.at(), toldAt)
                    : newer;
        }
    }

    synchronized void add(AgentName agent, String listener, Proof proof) {
        Map<String, Proof> known = byAgent.computeIfAbsent(agent, ignored -> new TreeMap<>());
        if (known.size() < MOST_LISTENERS || known.containsKey(listener)) {
            known.merge(listener, proof, Proof::then);
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

    /** Those that others have not been told of, or not for so long; from then on they count as told. */
    synchronized List<ListenerProof> untold(Duration atMost) {
        List<ListenerProof> news = new ArrayList<>();
        byAgent.forEach((agent, known) -> known.replaceAll((listener, proof) -> {
            if (proof.isTold() && Duration.between(proof.toldAt(), proof.at()).compareTo(atMost) < 0) {
                return proof;
            }
            news.add(new ListenerProof(agent, listener, proof.fingerprint(), proof.at()));
            return proof.told();
        }));
        return news;
    }
}
