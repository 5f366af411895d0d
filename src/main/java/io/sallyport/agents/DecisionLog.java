package io.sallyport.agents;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.DecisionCount;
import io.sallyport.domain.agent.Denial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What agents told of their decisions: how often each, and the last denials of each namespace that they concern. Both
 * are bounded. {@code counts} and {@code denials} are concurrent maps; each list of denials guards itself.
 */
public final class DecisionLog {
    /** How many different decisions are told apart. */
    public static final int MOST_COUNTED = 2_000;

    /** How many denials are kept of one namespace. */
    public static final int MOST_DENIALS = 200;

    // What a store that is away may cost.
    private static final int MOST_UNTOLD = 500;

    /** What stands for all rules beyond {@link #MOST_COUNTED}. */
    public static final String OTHERS = "others";

    private final Function<Denial, Set<Name>> concerned;
    private final Map<Decided, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile BiConsumer<Decided, LongAdder> onNew = (decision, count) -> {};
    private final LongAdder notKept = new LongAdder();
    private final Deque<Denial> untold = new ArrayDeque<>();
    private final Map<Name, Deque<Denial>> denials = new ConcurrentHashMap<>();

    /** A decision that is counted. */
    public record Decided(ResourceName gateway, String rule, boolean isAllowed, String reason) {}

    /**
     * With nothing in it.
     *
     * @param concerned the namespaces that own the source or the rule of a denial
     */
    public DecisionLog(Function<Denial, Set<Name>> concerned) {
        this.concerned = concerned;
    }

    public void count(Decided decision) {
        LongAdder known = counts.get(decision);
        if (known == null) {
            boolean isRoom = counts.size() < MOST_COUNTED;
            Decided counted = isRoom ? decision : new Decided(decision.gateway(), OTHERS, decision.isAllowed(), "");
            known = counts.computeIfAbsent(counted, this::beginCounting);
        }
        known.increment();
    }

    private LongAdder beginCounting(Decided decision) {
        LongAdder count = new LongAdder();
        onNew.accept(decision, count);
        return count;
    }

    /** Tells of each decision that is counted from now on, once, with its count as it goes on. */
    public void watch(BiConsumer<Decided, LongAdder> watcher) {
        onNew = watcher;
    }

    /** Keeps it, and has others told. */
    public void keep(Denial denial) {
        keepFromElsewhere(denial);
        synchronized (untold) {
            untold.addLast(denial);
            if (untold.size() > MOST_UNTOLD) {
                untold.removeFirst();
            }
        }
    }

    /** The denials that other replicas were not told of; they count as told then. */
    public List<Denial> untold() {
        synchronized (untold) {
            List<Denial> all = new ArrayList<>(untold);
            untold.clear();
            return all;
        }
    }

    /** Keeps what another replica was told. */
    public void keepFromElsewhere(Denial denial) {
        for (Name namespace : concerned.apply(denial)) {
            Deque<Denial> kept = denials.computeIfAbsent(namespace, ignored -> new ArrayDeque<>());
            synchronized (kept) {
                kept.addFirst(denial);
                if (kept.size() > MOST_DENIALS) {
                    kept.removeLast();
                }
            }
        }
    }

    /** One more was counted and not kept, for too many came. */
    public void notKept() {
        notKept.increment();
    }

    /** How many denials were counted and not kept since this replica started. */
    public long countNotKept() {
        return notKept.sum();
    }

    /** The last denials that concern a namespace, newest first. */
    public List<Denial> denials(Name namespace) {
        Deque<Denial> kept = denials.getOrDefault(namespace, new ArrayDeque<>());
        synchronized (kept) {
            return new ArrayList<>(kept);
        }
    }

    /** All counts, the most frequent first. */
    public List<DecisionCount> counts() {
        return counts.entrySet().stream()
                .map(entry -> new DecisionCount(
                        entry.getKey().gateway(),
                        entry.getKey().rule(),
                        entry.getKey().isAllowed(),
                        entry.getKey().reason(),
                        entry.getValue().sum()))
                .sorted(Comparator.comparingLong(DecisionCount::count).reversed())
                .toList();
    }
}
