package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.Snapshot;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/** A snapshot in Envoy's words: for each type its resources by name. */
public final class EnvoySnapshot {
    private final Snapshot source;
    private final Map<ResourceType, SortedMap<String, EnvoyResource>> resources;
    private final Made made;

    /** Of resources that came from somewhere else. */
    public EnvoySnapshot(Snapshot source, Map<ResourceType, SortedMap<String, EnvoyResource>> resources) {
        this(source, resources, Made.UNKNOWN);
    }

    EnvoySnapshot(Snapshot source, Map<ResourceType, SortedMap<String, EnvoyResource>> resources, Made made) {
        this.source = source;
        this.resources = resources;
        this.made = made;
    }

    public Snapshot source() {
        return source;
    }

    public Map<ResourceType, SortedMap<String, EnvoyResource>> resources() {
        return resources;
    }

    public SortedMap<String, EnvoyResource> ofType(ResourceType type) {
        return resources.getOrDefault(type, Collections.emptySortedMap());
    }

    Made made() {
        return made;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvoySnapshot snapshot
                && source.equals(snapshot.source)
                && resources.equals(snapshot.resources);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return "EnvoySnapshot[%s, %s]".formatted(source, resources);
    }
}
