package io.sallyport.compiler.envoy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Resources that were made before, to be used again where they would come out the same. */
final class Kept {
    private final Map<ResourceType, Map<String, Earlier>> byType = new EnumMap<>(ResourceType.class);

    /** What was made of a part of that snapshot. */
    void add(Part part, EnvoySnapshot snapshot) {
        EnvoyResource made = snapshot.ofType(part.type()).get(part.name());
        if (made != null) {
            byType.computeIfAbsent(part.type(), unseen -> new HashMap<>()).put(part.name(), new Earlier(part, made));
        }
    }

    /** The resource of a part, made anew only where its inputs are others than before. */
    EnvoyResource made(Part part) {
        Earlier earlier = byType.getOrDefault(part.type(), Map.of()).get(part.name());
        return earlier != null && earlier.part().inputs().equals(part.inputs()) ? earlier.resource() : part.made();
    }

    private record Earlier(Part part, EnvoyResource resource) {}
}
