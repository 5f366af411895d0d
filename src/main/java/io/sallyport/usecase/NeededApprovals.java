package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.approval.Demand;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a plan needs before it may be done.
 *
 * @param demands empty where it needs nobody's word
 * @param content a hash over what it does; empty where there are no demands
 * @param keys what it writes
 */
record NeededApprovals(List<Demand> demands, String content, Set<ResourceKey> keys) {
    static final NeededApprovals NONE = new NeededApprovals(List.of(), "", Set.of());

    NeededApprovals(List<Demand> demands, String content, Collection<ResourceKey> keys) {
        this(demands, content, Set.copyOf(keys));
    }

    NeededApprovals {
        demands = List.copyOf(demands);
        keys = Set.copyOf(keys);
    }

    boolean isEmpty() {
        return demands.isEmpty();
    }
}
