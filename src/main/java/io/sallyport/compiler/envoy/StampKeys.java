package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What requests to a host may be stamped with: also by routes that are still in effect, for a host that has moved to
 * another bucket must not slip from what its policies ask.
 *
 * @param buckets empty where there are no such routes, and each host has its own
 */
record StampKeys(SortedMap<HostPattern, SortedSet<Integer>> buckets) {

    static StampKeys of(ListenerSnapshot listener, Collection<ListenerSnapshot> before) {
        if (before.isEmpty()) {
            return new StampKeys(new TreeMap<>());
        }
        SortedMap<HostPattern, SortedSet<Integer>> buckets = new TreeMap<>();
        Stream.concat(Stream.of(listener), before.stream())
                .flatMap(form -> form.hosts().stream())
                .forEach(host -> buckets.computeIfAbsent(host.host(), unseen -> new TreeSet<>())
                        .add(host.bucket()));
        return new StampKeys(buckets);
    }

    /** At the ports of its owner. */
    Stream<String> atPorts(HostEntry host) {
        return host.ports().stream().flatMap(port -> written(host, Stamp.of(host.host(), port.number())));
    }

    /** At any port. */
    Stream<String> anywhere(HostEntry host) {
        return Stream.concat(written(host, Stamp.of(host.host())), atPorts(host));
    }

    private Stream<String> written(HostEntry host, String destination) {
        return buckets.isEmpty()
                ? Stream.of(Stamp.written(host.bucket(), destination))
                : buckets.getOrDefault(host.host(), new TreeSet<>()).stream()
                        .map(bucket -> Stamp.written(bucket, destination));
    }
}
