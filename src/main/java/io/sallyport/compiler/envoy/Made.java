package io.sallyport.compiler.envoy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How the resources of a snapshot came to be, so that the next is made of what differs.
 *
 * @param ways where traffic is led
 * @param parts what was made of the ways
 * @param resources of those parts, by name
 * @param deciding what was made of all the rest
 */
record Made(
        Ways ways,
        List<Part> parts,
        Map<ResourceType, SortedMap<String, EnvoyResource>> resources,
        List<Part> deciding) {
    /** Nothing is known of it. */
    static final Made UNKNOWN = new Made(Ways.NOWHERE, List.of(), new EnumMap<>(ResourceType.class), List.of());
}
