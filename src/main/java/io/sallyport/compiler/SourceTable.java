package io.sallyport.compiler;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table who: the classes that the rules in use ask for. */
final class SourceTable {
    private static final ScopedSource EVERYONE =
            new ScopedSource(List.of(), new Source(List.of(), List.of(), List.of(), AddressRanges.EVERYONE.ranges()));
    private final SortedMap<String, Known> known = new TreeMap<>();
    private final Map<ListenerView, Map<ScopedSource, String>> denied = new HashMap<>();
    private final Map<ScopedSource, String> allowed = new HashMap<>();
    private final Map<ScopedSource, SourceClass> meanings = new HashMap<>();
    private final Map<ResourceName, Versions> rules = new HashMap<>();
    private final Usage<String> used = new Usage<>();

    private final Set<String> added = new HashSet<>();
    private List<SourceClass> told = List.of();
    private SourceMeaning meaning;

    SourceTable(SourceMeaning meaning) {
        this.meaning = meaning;
    }

    /** A rule as it stands in the lists of a listener that sees so much. */
    CompiledRule compiled(Resource<EgressRule> rule, ListenerView view) {
        return rules.computeIfAbsent(rule.name(), name -> new Versions(rule, new HashMap<>()))
                .byView()
                .computeIfAbsent(view, ignored -> compile(rule, view));
    }

    /** Whom a rule means, at a listener that sees so much. */
    List<SourceClass> meaning(Resource<EgressRule> rule, ListenerView view) {
        return rule.spec().from().stream()
                .map(source -> ScopedSource.of(rule, source))
                .map(entry ->
                        rule.spec().action() == Action.DENY && !meaning.canTellApart(entry, view) ? EVERYONE : entry)
                .map(entry -> meanings.computeIfAbsent(entry, one -> meaning.classOf(one.id(), one)))
                .distinct()
                .toList();
    }

    /** The rule is no longer as it was. */
    void forget(Resource<EgressRule> rule) {
        rules.remove(rule.name());
    }

    /** Takes over other workloads; gives the rules that are to stand otherwise in the lists of a listener. */
    List<Resource<EgressRule>> follow(SourceMeaning after) {
        meaning = after;
        denied.clear();
        meanings.clear();
        known.replaceAll((id, before) -> before.at(after));
        told = List.of();
        return rules.values().stream()
                .filter(versions -> versions.rule().spec().action() == Action.DENY)
                .filter(this::changes)
                .map(Versions::rule)
                .toList();
    }

    private boolean changes(Versions versions) {
        Map<ListenerView, CompiledRule> before = Map.copyOf(versions.byView());
        versions.byView().replaceAll((view, old) -> {
            CompiledRule now = compile(versions.rule(), view);
            return now.equals(old) ? old : now;
        });
        return !before.equals(versions.byView());
    }

    /** A rule stands in a list, so its classes are needed. */
    void use(CompiledRule rule) {
        rule.sources().forEach(used::add);
    }

    /** A rule is gone from a list. */
    void release(CompiledRule rule) {
        rule.sources().forEach(used::remove);
    }

    /** Whom a rule of authorization means, as a listener that sees so much tells them; empty where it means anybody. */
    List<String> sources(AuthorizationRule rule, ListenerView view) {
        AuthorizationRule.Sources from = rule.from();
        if (from.principals().isEmpty()
                && from.namespaces().isEmpty()
                && from.ipBlocks().isEmpty()) {
            return List.of();
        }
        var entry = new ScopedSource(
                List.of(), new Source(from.namespaces(), List.of(), from.principals(), from.ipBlocks()));
        String id = rule.action() == AuthorizationRule.Action.DENY ? atLeast(entry, view) : recognised(entry);
        used.add(id);
        return List.of(id);
    }

    /** The classes in use, by their ids; the very same list while they are the same. */
    List<SourceClass> classes() {
        boolean isAnyNew = !added.isEmpty();
        added.addAll(used.takeLeft());
        boolean isAnyGone = known.keySet()
                .removeAll(added.stream().filter(id -> !used.has(id)).toList());
        added.clear();
        if (isAnyGone) {
            denied.clear();
            allowed.clear();
            meanings.clear();
        }
        if (isAnyGone || isAnyNew || told.isEmpty()) {
            told = List.copyOf(known.values().stream().map(Known::sourceClass).toList());
        }
        return told;
    }

    private CompiledRule compile(Resource<EgressRule> rule, ListenerView view) {
        EgressRule spec = rule.spec();
        List<String> ids = spec.from().stream()
                .map(source -> classOf(spec.action(), ScopedSource.of(rule, source), view))
                .distinct()
                .sorted()
                .toList();
        return new CompiledRule(rule.name(), spec.action(), ids, spec.validity().ahead());
    }

    private String classOf(Action action, ScopedSource entry, ListenerView view) {
        return switch (action) {
            case ALLOW -> allowed.computeIfAbsent(entry, this::recognised);
            case DENY ->
                denied.computeIfAbsent(view, ignored -> new HashMap<>())
                        .computeIfAbsent(entry, ignored -> atLeast(entry, view));
        };
    }

    // Whom a listener cannot tell apart it must not let through: there such a denial means everyone.
    private String atLeast(ScopedSource entry, ListenerView view) {
        return recognised(meaning.canTellApart(entry, view) ? entry : EVERYONE);
    }

    private String recognised(ScopedSource entry) {
        return known.computeIfAbsent(entry.id(), id -> {
                    added.add(id);
                    return new Known(entry, meaning.classOf(id, entry));
                })
                .sourceClass()
                .id();
    }

    /** A class, and what it is the class of. */
    private record Known(ScopedSource entry, SourceClass sourceClass) {
        // One that means the same stays the very same.
        Known at(SourceMeaning meaning) {
            if (entry.source().workloads().isEmpty()) {
                return this;
            }
            Known now = new Known(entry, meaning.classOf(sourceClass.id(), entry));
            return now.equals(this) ? this : now;
        }
    }

    /** A rule, and how it stands in the lists of listeners. */
    private record Versions(Resource<EgressRule> rule, Map<ListenerView, CompiledRule> byView) {}
}
