package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Declared workloads by namespace and label, so that a selector looks at few of them. */
final class WorkloadIndex {
    private final Collection<Resource<Workload>> all;
    private final Map<Name, List<Resource<Workload>>> byNamespace = new HashMap<>();
    private final Map<Map.Entry<String, String>, List<Resource<Workload>>> byLabel = new HashMap<>();

    WorkloadIndex(DesiredState state) {
        all = state.workloads();
        for (Resource<Workload> workload : all) {
            byNamespace
                    .computeIfAbsent(workload.namespace(), ignored -> new ArrayList<>())
                    .add(workload);
            workload.spec()
                    .labels()
                    .forEach(
                            (key, value) -> byLabel.computeIfAbsent(Map.entry(key, value), ignored -> new ArrayList<>())
                                    .add(workload));
        }
    }

    /** The workloads that a selector means, of the given namespaces; of any where none is given. */
    List<Resource<Workload>> matching(LabelSelector selector, Collection<Name> namespaces) {
        return fewest(selector, namespaces).stream()
                .filter(workload -> namespaces.isEmpty() || namespaces.contains(workload.namespace()))
                .filter(workload -> selector.matches(workload.spec().labels()))
                .toList();
    }

    private Collection<Resource<Workload>> fewest(LabelSelector selector, Collection<Name> namespaces) {
        List<Collection<Resource<Workload>>> choices = new ArrayList<>();
        selector.matchLabels()
                .forEach((key, value) -> choices.add(byLabel.getOrDefault(Map.entry(key, value), List.of())));
        choices.add(namespaces.isEmpty() ? all : ofNamespaces(namespaces));
        return choices.stream().min(Comparator.comparingInt(Collection::size)).orElse(all);
    }

    private List<Resource<Workload>> ofNamespaces(Collection<Name> namespaces) {
        if (namespaces.size() == 1) {
            return byNamespace.getOrDefault(namespaces.iterator().next(), List.of());
        }
        return namespaces.stream()
                .distinct()
                .flatMap(name -> byNamespace.getOrDefault(name, List.of()).stream())
                .toList();
    }
}
