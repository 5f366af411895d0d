package io.sallyport.compiler;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.SourceClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules of one port, found by whom they speak of: what decides for a source is not looked for in all of them. */
final class FlowRules {
    private record Entry(int place, SourceClass source) {}

    private final List<FlowRule> rules;
    private final Map<String, List<Entry>> byExactName = new HashMap<>();
    private final Map<String, List<Entry>> byPrefix = new HashMap<>();
    private final Map<Cidr, List<Entry>> byRange = new HashMap<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private final List<Entry> ofAnyone = new ArrayList<>();

    FlowRules(List<FlowRule> rules) {
        this.rules = List.copyOf(rules);
        for (int place = 0; place < rules.size(); place++) {
            for (SourceClass source : rules.get(place).sources()) {
                add(new Entry(place, source));
            }
        }
    }

    private void add(Entry entry) {
        if (entry.source().identities().anyone()) {
            ofAnyone.add(entry);
        }
        for (PrincipalPattern name : entry.source().identities().principals()) {
            (name.isPrefix() ? byPrefix : byExactName)
                    .computeIfAbsent(name.prefix(), unseen -> new ArrayList<>())
                    .add(entry);
        }
        for (Cidr range : entry.source().identities().ranges()) {
            lengths.add(range.prefixLength());
            byRange.computeIfAbsent(range, unseen -> new ArrayList<>()).add(entry);
        }
    }

    List<FlowRule> all() {
        return rules;
    }

    /** The first that decides on all of these sources at that time. */
    Optional<FlowRule> deciding(Sources part, Instant time) {
        return entries(part)
                .filter(entry -> comesFrom(part, entry.source()))
                .filter(entry -> rules.get(entry.place()).validity().holdsAt(time))
                .map(Entry::place)
                .min(Integer::compareTo)
                .map(rules::get);
    }

    private static boolean comesFrom(Sources part, SourceClass source) {
        return source.ipBlocks().isEmpty() || source.ipBlocks().stream().anyMatch(block -> block.contains(part.from()));
    }

    private Stream<Entry> entries(Sources part) {
        Stream<Entry> named = part.isByAddress()
                ? lengths.stream()
                        .filter(length -> length <= part.from().prefixLength())
                        .flatMap(length -> byRange.getOrDefault(part.from().widened(length), List.of()).stream())
                : part.principal().stream().flatMap(this::named);
        return Stream.concat(ofAnyone.stream(), named);
    }

    private Stream<Entry> named(PrincipalPattern name) {
        Stream<Entry> exact =
                name.isPrefix() ? Stream.of() : byExactName.getOrDefault(name.value(), List.of()).stream();
        Stream<Entry> wider = byPrefix.entrySet().stream()
                .filter(entry -> name.prefix().startsWith(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream());
        return Stream.concat(exact, wider);
    }
}
