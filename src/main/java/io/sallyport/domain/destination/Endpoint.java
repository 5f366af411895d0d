package io.sallyport.domain.destination;

import io.sallyport.domain.network.PortNumber;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a destination is found.
 *
 * @param address an IP address under static resolution, else an IP address or an exact host
 * @param port its own port, which wins over the destination's {@code targetPort}; at most one
 * @param weight its share of the traffic among endpoints of its locality, 1 to 1000
 * @param locality where it stands, for failover by {@link LoadBalancer#localities}; empty where that does not matter
 * @param labels for subsets to select it by
 */
public record Endpoint(
        String address, List<PortNumber> port, int weight, String locality, SortedMap<String, String> labels) {
    public static final int DEFAULT_WEIGHT = 1;
    public static final int MOST_WEIGHT = 1000;

    public Endpoint {
        port = List.copyOf(port);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        if (port.size() > 1) {
            throw new IllegalArgumentException("an endpoint has at most one port");
        }
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight %d is out of range: use 1 to %d".formatted(weight, MOST_WEIGHT));
        }
    }

    public PortNumber portOr(PortNumber targetPort) {
        return port.isEmpty() ? targetPort : port.getFirst();
    }
}
