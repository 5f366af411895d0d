package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.Snapshot;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/** A snapshot in Envoy's words: for each type its resources by name. */
public record EnvoySnapshot(Snapshot source, Map<ResourceType, SortedMap<String, EnvoyResource>> resources) {
    public SortedMap<String, EnvoyResource> ofType(ResourceType type) {
        return resources.getOrDefault(type, Collections.emptySortedMap());
    }
}
