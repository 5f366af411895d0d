package io.sallyport.local.replicas;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is written: of each lane a destination whose host has a number that only grows, and a rule whose name has one. No
 * name is ever used again, so that whoever sees one come back has seen an older state after a newer one. Concurrent.
 */
final class Lanes {
    static final int COUNT = 6;

    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * What the last acknowledged write left of a lane.
     *
     * @param host the number of the host
     * @param rule the number of the last rule
     * @param isOpen whether that rule is there
     */
    record Lane(int host, int rule, boolean isOpen) {}

    Lane lane(int number) {
        return lanes.getOrDefault(number, new Lane(0, 0, false));
    }

    void acknowledged(int number, Lane lane) {
        lanes.put(number, lane);
    }

    /** The names that are in effect once all that was written is. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        lanes.forEach((number, lane) -> {
            names.add(host(number, lane.host()));
            if (lane.isOpen()) {
                names.add(rule(number, lane.rule()));
            }
        });
        return names;
    }

    static String rule(int lane, int rule) {
        return "r%dx%dx".formatted(lane, rule);
    }

    static String host(int lane, int host) {
        return "h%dx%dx.example".formatted(lane, host);
    }
}
