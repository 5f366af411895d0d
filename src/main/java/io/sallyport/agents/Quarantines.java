package io.sallyport.agents;

import io.sallyport.domain.agent.Quarantine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What agents refused, here and at other replicas. Guards itself; of too many agents those are forgotten of which nothing
 * was learned for longest.
 */
public final class Quarantines {
    private static final int MOST = 10_000;

    private final SequencedMap<String, Quarantine> byAgent = new LinkedHashMap<>();
    private final Set<String> untold = new LinkedHashSet<>();

    public synchronized Quarantine of(String agent) {
        return byAgent.getOrDefault(agent, Quarantine.nothing(agent));
    }

    /** Something new is known of one; others are told of it. */
    public synchronized void change(String agent, UnaryOperator<Quarantine> change) {
        Quarantine before = of(agent);
        Quarantine after = change.apply(before);
        if (!after.equals(before)) {
            put(after);
            untold.add(agent);
        }
    }

    /** What another replica knows; what was found here since is newer. */
    public synchronized void learn(Quarantine quarantine) {
        if (!untold.contains(quarantine.agent())) {
            put(quarantine);
        }
    }

    private void put(Quarantine quarantine) {
        byAgent.remove(quarantine.agent());
        if (!quarantine.isEmpty()) {
            byAgent.putLast(quarantine.agent(), quarantine);
        }
        if (byAgent.size() > MOST) {
            byAgent.pollFirstEntry();
        }
    }

    /** What others were not told of, {@code most} at once; it stays so until they were. */
    public synchronized List<Quarantine> untold(int most) {
        return untold.stream().limit(most).map(this::of).toList();
    }

    /** Others know that now, unless it changed meanwhile. */
    public synchronized void told(Collection<Quarantine> quarantines) {
        quarantines.stream()
                .filter(told -> Objects.equals(of(told.agent()), told))
                .forEach(told -> untold.remove(told.agent()));
    }
}
