package io.sallyport.usecase;

import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.List;
import java.util.Set;

/**
 * What is watched.
 *
 * @param kinds all where empty
 * @param namespaces all where empty
 * @param labels at most one
 */
public record WatchFilter(Set<Kind> kinds, Set<Name> namespaces, List<LabelSelector> labels) {
    public WatchFilter {
        kinds = Set.copyOf(kinds);
        namespaces = Set.copyOf(namespaces);
        labels = List.copyOf(labels);
    }

    boolean concerns(ResourceKey key) {
        return (kinds.isEmpty() || kinds.contains(key.kind()))
                && (namespaces.isEmpty() || namespaces.contains(key.namespace()));
    }

    boolean selects(Resource<?> resource) {
        return labels.stream()
                .allMatch(selector -> selector.matches(resource.metadata().labels()));
    }
}
