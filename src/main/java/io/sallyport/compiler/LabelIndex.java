package io.sallyport.compiler;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Spec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** Resources of one kind by namespace and label, so that a selector looks at few of them. */
final class LabelIndex<S extends Spec> {
    private final Collection<Resource<S>> all;
    private final Function<Resource<S>, SortedMap<String, String>> labels;
    private final Map<Name, List<Resource<S>>> byNamespace = new HashMap<>();
    private final Map<Map.Entry<String, String>, List<Resource<S>>> byLabel = new HashMap<>();

    LabelIndex(Collection<Resource<S>> all, Function<Resource<S>, SortedMap<String, String>> labels) {
        this.all = all;
        this.labels = labels;
        for (Resource<S> one : all) {
            byNamespace
                    .computeIfAbsent(one.namespace(), ignored -> new ArrayList<>())
                    .add(one);
            labels.apply(one)
                    .forEach(
                            (key, value) -> byLabel.computeIfAbsent(Map.entry(key, value), ignored -> new ArrayList<>())
                                    .add(one));
        }
    }

    /** Those that a selector means, of the given namespaces; of any where none is given. */
    List<Resource<S>> matching(LabelSelector selector, Collection<Name> namespaces) {
        return fewest(selector, namespaces).stream()
                .filter(one -> namespaces.isEmpty() || namespaces.contains(one.namespace()))
                .filter(one -> selector.matches(labels.apply(one)))
                .toList();
    }

    private Collection<Resource<S>> fewest(LabelSelector selector, Collection<Name> namespaces) {
        List<Collection<Resource<S>>> choices = new ArrayList<>();
        selector.matchLabels()
                .forEach((key, value) -> choices.add(byLabel.getOrDefault(Map.entry(key, value), List.of())));
        choices.add(namespaces.isEmpty() ? all : ofNamespaces(namespaces));
        return choices.stream().min(Comparator.comparingInt(Collection::size)).orElse(all);
    }

    private List<Resource<S>> ofNamespaces(Collection<Name> namespaces) {
        if (namespaces.size() == 1) {
            return byNamespace.getOrDefault(namespaces.iterator().next(), List.of());
        }
        return namespaces.stream()
                .distinct()
                .flatMap(name -> byNamespace.getOrDefault(name, List.of()).stream())
                .toList();
    }
}
