package io.sallyport.compiler;

import io.sallyport.compiler.PartFlip.Flip;
import io.sallyport.compiler.PartFlip.Part;
import io.sallyport.domain.diff.ListGap;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds all whose requests pass at one place and not at another. */
final class PartFlips {
    private final FlowPlace before;
    private final FlowPlace after;
    private final FlowRules earlier;
    private final FlowRules later;
    private final FlowRules concerned;
    private final List<Instant> moments;

    private PartFlips(FlowPlace before, FlowPlace after, Instant now, int mostMoments) {
        this.before = before;
        this.after = after;
        earlier = new FlowRules(before.rules());
        later = new FlowRules(after.rules());
        List<FlowRule> differing = new ArrayList<>();
        for (ListGap gap : ListGap.between(before.rules(), after.rules())) {
            differing.addAll(before.rules().subList(gap.beforeStart(), gap.beforeStart() + gap.before()));
            differing.addAll(after.rules().subList(gap.afterStart(), gap.afterStart() + gap.after()));
        }
        // Rules that stand in both lists, in the same order, decide for others as they did.
        concerned = new FlowRules(differing.stream().map(PartFlips::always).toList());
        moments = moments(differing, now, mostMoments);
    }

    private static FlowRule always(FlowRule rule) {
        return new FlowRule(rule.name(), rule.action(), rule.sources(), Validity.ALWAYS);
    }

    private static List<Instant> moments(List<FlowRule> rules, Instant now, int most) {
        TreeSet<Instant> bounds = new TreeSet<>();
        for (FlowRule rule : rules) {
            if (rule.validity().hasStart()) {
                bounds.add(rule.validity().notBefore());
            }
            if (rule.validity().hasEnd()) {
                bounds.add(rule.validity().expiresAt());
            }
        }
        return Stream.concat(Stream.of(now), bounds.tailSet(now, false).stream())
                .limit(most)
                .toList();
    }

    /**
     * Everyone once, by the first moment at which it makes a difference; the fewest words that say it.
     *
     * @param mostMoments beyond so many at which rules begin or end, later ones are not looked at
     */
    static Found of(FlowPlace before, FlowPlace after, Instant now, int mostMoments) {
        PartFlips flips = new PartFlips(before, after, now, mostMoments);
        List<Seen> seen = Stream.concat(before.view().stream(), after.view().stream())
                .distinct()
                .map(flips::seenBy)
                .toList();
        return new Found(
                seen.stream().flatMap(Seen::told).distinct().toList(),
                seen.stream().filter(one -> !one.byId().isEmpty()).toList());
    }

    /**
     * All whose requests pass at one place and not at another.
     *
     * @param told in words
     * @param seen by what they are told, for whoever looks for somebody
     */
    record Found(List<PartFlip> told, List<Seen> seen) {
        Found {
            told = List.copyOf(told);
            seen = List.copyOf(seen);
        }

        boolean concerns(WorkloadIdentity identity) {
            return seen.stream().anyMatch(one -> one.parts().of(identity).anyMatch(one.byId()::containsKey));
        }

        boolean opensFor(WorkloadIdentity identity) {
            return seen.stream().anyMatch(one -> one.parts().of(identity).anyMatch(one::opens));
        }
    }

    /** What a listener of some view can tell. */
    record Seen(FlowParts parts, SequencedMap<FlowParts.Id, Set<Part>> byId) {
        Stream<PartFlip> told() {
            return PartFlips.told(parts, byId);
        }

        boolean opens(FlowParts.Id id) {
            return byId.getOrDefault(id, Set.of()).stream()
                    .anyMatch(part -> part.flip().after().allows());
        }
    }

    private Seen seenBy(ListenerView view) {
        FlowParts parts = new FlowParts(view, Stream.concat(before.classes(), after.classes()));
        SequencedMap<FlowParts.Id, Set<Part>> byId = new LinkedHashMap<>();
        boolean all = !before.isLike(after);
        parts.all()
                .filter(part -> part.isSeen(view))
                .filter(part ->
                        all || concerned.deciding(part, moments.getFirst()).isPresent())
                .forEach(part -> flip(part)
                        .ifPresent(flip -> byId.computeIfAbsent(FlowParts.Id.of(part), _ -> new LinkedHashSet<>())
                                .add(new Part(flip, part.isByAddress() ? List.of() : List.of(part.from())))));
        byId.replaceAll((_, found) -> joined(found));
        return new Seen(parts, byId);
    }

    private Optional<Flip> flip(Sources part) {
        for (Instant moment : moments) {
            FlowPlace.Decision was = before.decide(earlier, part, moment);
            FlowPlace.Decision is = after.decide(later, part, moment);
            if (was.allows() != is.allows()) {
                return Optional.of(new Flip(was, is, moment.equals(moments.getFirst()) ? List.of() : List.of(moment)));
            }
        }
        return Optional.empty();
    }

    // One name from several addresses: who comes from both families comes from anywhere.
    private static Set<Part> joined(Set<Part> parts) {
        SequencedMap<Flip, TreeSet<Cidr>> byFlip = new LinkedHashMap<>();
        parts.forEach(part ->
                byFlip.computeIfAbsent(part.flip(), _ -> new TreeSet<>()).addAll(part.from()));
        Set<Part> joined = new LinkedHashSet<>();
        byFlip.forEach((flip, from) ->
                joined.add(new Part(flip, from.containsAll(FlowParts.EVERYWHERE) ? List.of() : List.copyOf(from))));
        return joined;
    }

    // What is so of a narrower part too needs no words of its own; where it is not, the wider one is but the rest.
    private static Stream<PartFlip> told(FlowParts parts, Map<FlowParts.Id, Set<Part>> byId) {
        Set<FlowParts.Id> rests = new HashSet<>();
        parts.ids().forEach(id -> {
            Optional<FlowParts.Id> wider = parts.enclosing(id);
            boolean differs = wider.isPresent()
                    && !byId.getOrDefault(id, Set.of()).equals(byId.getOrDefault(wider.get(), Set.of()));
            while (differs && wider.isPresent() && rests.add(wider.get())) {
                wider = parts.enclosing(wider.get());
            }
        });
        return byId.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(part -> parts.enclosing(entry.getKey())
                                .map(wider ->
                                        !byId.getOrDefault(wider, Set.of()).contains(part))
                                .orElse(true))
                        .map(part -> new PartFlip(
                                entry.getKey().source(part.from(), rests.contains(entry.getKey())), part.flip())));
    }
}
