package io.sallyport.local.conformance;

import java.util.HashMap;
import java.util.Map;

/** What a client keeps of an earlier stream, by type. */
record Memory(Map<String, OfType> byType) {

    /**
     * Of one type.
     *
     * @param versions by name
     * @param last the version of the last response that was accepted
     */
    record OfType(Map<String, String> versions, String last) {
        static final OfType NOTHING = new OfType(Map.of(), "");

        OfType {
            versions = Map.copyOf(versions);
        }

        /** As if another version were held of that name, and so of all together. */
        OfType withVersion(String name, String version) {
            Map<String, String> changed = new HashMap<>(versions);
            changed.put(name, version);
            return new OfType(changed, version);
        }

        OfType without(String name) {
            Map<String, String> changed = new HashMap<>(versions);
            changed.remove(name);
            return new OfType(changed, last);
        }
    }

    OfType of(String typeUrl) {
        return byType.getOrDefault(typeUrl, OfType.NOTHING);
    }
}
