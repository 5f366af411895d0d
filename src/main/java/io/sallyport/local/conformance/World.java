package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All resources that a server has for one group of clients.
 *
 * @param lease for how long a client may believe extension configurations without hearing of them; zero for ever
 */
record World(Map<ResourceType, SortedMap<String, Any>> resources, Duration lease) {
    static final World EMPTY = new World(Map.of(), Duration.ZERO);

    World {
        Map<ResourceType, SortedMap<String, Any>> copy = new EnumMap<>(ResourceType.class);
        resources.forEach((type, byName) -> copy.put(type, Collections.unmodifiableSortedMap(new TreeMap<>(byName))));
        resources = Collections.unmodifiableMap(copy);
    }

    /** {@code a} and {@code b} of each type. */
    static World ofTwo(Set<ResourceType> types) {
        World world = EMPTY;
        for (ResourceType type : types) {
            world = world.with(type, "a", 1).with(type, "b", 1);
        }
        return world;
    }

    /** Another {@code content} is other bytes. */
    World with(ResourceType type, String name, int content) {
        return with(type, name, SampleResource.of(type, name, content));
    }

    World with(ResourceType type, String name, Any body) {
        SortedMap<String, Any> changed = new TreeMap<>(of(type));
        changed.put(name, body);
        return replacing(type, changed);
    }

    World withAll(ResourceType type, Map<String, Any> bodies) {
        return replacing(type, new TreeMap<>(bodies));
    }

    World without(ResourceType type, String name) {
        SortedMap<String, Any> changed = new TreeMap<>(of(type));
        changed.remove(name);
        return replacing(type, changed);
    }

    World lapsingAfter(Duration time) {
        return new World(resources, time);
    }

    private World replacing(ResourceType type, SortedMap<String, Any> byName) {
        Map<ResourceType, SortedMap<String, Any>> changed = new EnumMap<>(ResourceType.class);
        changed.putAll(resources);
        changed.put(type, byName);
        return new World(changed, lease);
    }

    SortedMap<String, Any> of(ResourceType type) {
        return resources.getOrDefault(type, Collections.emptySortedMap());
    }
}
